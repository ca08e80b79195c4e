#!/bin/sh
# Creates the namespace TEMPORAL_NAMESPACE on the server TEMPORAL_ADDRESS, unless it exists.
set -eu

until temporal operator cluster health; do
  echo "Temporal does not answer yet."
  sleep 2
done
if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  echo "The namespace $TEMPORAL_NAMESPACE is there already."
else
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 7d
fi
# A new namespace is not usable at once.
until temporal workflow list --namespace "$TEMPORAL_NAMESPACE" --limit 1 >/dev/null; do sleep 2; done
