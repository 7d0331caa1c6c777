#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every setting of an account is in restante-accounts(5) and in the README: account-keys.sh
# SOURCE-ROOT

set -eu
cd "$1"
status=0

keys=$(sed -n 's/^  \[KEY_[A-Z_]*\] = "\([a-z-]*\)",$/\1/p' src/account/rst-account-group.c)
if [ "$(echo "$keys" | grep -c .)" -lt 10 ]; then
  echo 'The names of the keys are not found in src/account/rst-account-group.c.'
  exit 1
fi

for key in $keys; do
  if ! grep -qx "\.It Cm $key" data/man/restante-accounts.5; then
    echo "data/man/restante-accounts.5 does not explain “$key”."
    status=1
  fi
  if ! grep -q "^|.*\`$key\`.*|.*|" README.md; then
    echo "README.md does not name “$key”."
    status=1
  fi
done
exit $status
