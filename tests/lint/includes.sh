#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Folders of src/ depend downwards only: includes.sh SOURCE-ROOT

set -eu
cd "$1/src"

find . -name '*.[ch]' | sort | xargs awk '
  BEGIN {
    allowed["pop3"] = "pop3"
    allowed["mail"] = "mail"
    allowed["account"] = "account mail pop3"
    allowed["fetcher"] = "fetcher account mail pop3"
    allowed["mailbox"] = "mailbox fetcher account mail pop3"
    allowed["demo"] = "demo mail"
    allowed["cli"] = "cli mailbox fetcher account mail pop3"
    allowed["app"] = "app demo mailbox fetcher account mail pop3"

    # A library that only one folder knows.
    only["adwaita.h"] = only["gdk"] = only["gsk"] = only["gtk"] = "app"
    only["sqlite3.h"] = "mailbox"
    only["gmime"] = only["libxml"] = "mail"
  }

  function complain(text) {
    print FILENAME ":" FNR ": " text
    n_complaints++
  }

  /^#[ \t]*include/ {
    split(FILENAME, path, "/")
    folder = path[2]
    name = $0
    sub(/^#[ \t]*include[ \t]*["<]/, "", name)
    sub(/[">].*/, "", name)
    library = name
    sub(/\/.*/, "", library)

    if (!(folder in allowed))
      complain("src/" folder " has no place in the order of folders")
    else if (library in only && only[library] != folder)
      complain("only " only[library] "/ may include " name)
    else if ($0 ~ /"/ && name ~ /\// && index(" " allowed[folder] " ", " " library " ") == 0)
      complain(folder "/ may not include " name)
    else if ($0 ~ /"/ && name ~ /\.\./)
      complain("write " name " with its folder in front")
  }

  END { exit n_complaints > 0 }
'
