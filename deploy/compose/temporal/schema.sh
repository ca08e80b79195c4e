#!/bin/sh
# Creates Temporal's two databases and brings their tables to this version. Every step may run again.
set -eu

SCHEMAS=/etc/temporal/schema/postgresql/v12

prepare() {
  temporal-sql-tool --db "$1" create || echo "The database $1 is there already."
  temporal-sql-tool --db "$1" setup-schema -v 0.0
  temporal-sql-tool --db "$1" update-schema -d "$SCHEMAS/$2/versioned"
}

prepare temporal temporal
prepare temporal_visibility visibility
