#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every text can be translated, and is translated in full: translations.sh SOURCE-ROOT

set -eu
cd "$1"
if ! command -v xgettext >/dev/null || ! command -v msgmerge >/dev/null; then
  echo 'gettext is not installed'
  exit 77
fi

private=$(mktemp -d)
trap 'rm -rf "$private"' EXIT
status=0

# Which files have texts for the user, and are they the ones of POTFILES?
{
  find src -name '*.[ch]' -exec grep -lE '\<(N?_|N?C_|(g_d)?ngettext|g_dpgettext2?) ?\(' {} + || :
  find src -name '*.ui' -exec grep -l 'translatable="yes"' {} + || :
  find data -name '*.desktop.in.in' -o -name '*.metainfo.xml.in.in' -o -name '*.gschema.xml'
} | LC_ALL=C sort >"$private/have"
grep -v '^#' po/POTFILES >"$private/potfiles"
if ! diff -u --label po/POTFILES --label 'files with texts' "$private/potfiles" "$private/have"; then
  echo 'po/POTFILES is not the sorted list of the files that hold texts.'
  status=1
fi

# The same keywords as in meson's preset for GLib programs.
xgettext --files-from=po/POTFILES --output="$private/restante.pot" --from-code=UTF-8 \
  --add-comments=Translators --package-name=restante --keyword=_ --keyword=N_ \
  --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=g_dngettext:2,3 --keyword=g_dpgettext2:2c,3

for language in $(cat po/LINGUAS); do
  translation=$private/$language.po
  msgmerge --quiet --no-fuzzy-matching --output-file="$translation" "po/$language.po" \
    "$private/restante.pot"
  figures=$(LC_ALL=C msgfmt --check --statistics --output-file=/dev/null "$translation" 2>&1) ||
    status=1
  case $figures in
    *untranslated* | *fuzzy* | *warning* | *error*)
      echo "po/$language.po: $figures"
      msgattrib --untranslated --no-wrap "$translation"
      msgattrib --only-fuzzy --no-wrap "$translation"
      status=1
      ;;
  esac
  if grep '^#~ msgid' "$translation"; then
    echo "po/$language.po translates these texts, which are in no source any more."
    status=1
  fi
done
exit $status
