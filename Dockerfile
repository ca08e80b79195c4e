# One image for web, worker, and maintenance: docs/install.md#with-docker, docs/decisions/0037-one-image.md.
ARG NODE_IMAGE=docker.io/library/node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./

# What runs needs neither development packages nor optional ones: those compile, resize images, or are Node itself.
# Of Temporal's native library, only this platform's build stays.
FROM packages AS runtime-packages
RUN npm install --no-save --no-audit --no-fund --omit=dev --omit=optional \
 && find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 \
    ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -r {} + \
 && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

# Next reads a configuration in TypeScript only with its compiler, which the image doesn't have.
FROM packages AS build
RUN npm install --no-save --no-audit --no-fund --include=dev --include=optional
COPY . .
# Below which path of its host the app is served, like /penstock: docs/configuration.md#builds.
ARG PENSTOCK_BASE_PATH=
# Which commit this is, for the app's footer: there is no Git in the image.
ARG REVISION=unknown
RUN PENSTOCK_REVISION="${REVISION}" node --import tsx server/build.ts \
 && rm -r .next/cache \
 && node_modules/.bin/esbuild next.config.ts --bundle --platform=node --format=esm --packages=external \
    --outfile=next.config.mjs --log-level=warning

FROM ${NODE_IMAGE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Penstock" \
      org.opencontainers.image.description="Scheduled, provable exports from ClickHouse" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

# Temporal's native client trusts the certificates of the system.
RUN apt-get update -q \
 && apt-get install -y -q --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 penstock \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin penstock

WORKDIR /app
COPY --from=runtime-packages /app/node_modules node_modules
# The documentation is part of the app.
COPY package.json LICENSE CHANGELOG.md CODE_OF_CONDUCT.md CONTRIBUTING.md SECURITY.md .env.example ./
COPY docs docs
COPY public public
COPY drizzle drizzle
COPY --from=build /app/next.config.mjs ./
COPY --from=build /app/dist dist
COPY --from=build /app/.next .next

ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=:: PORT=3000 HOME=/tmp
USER 10001:10001
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=8s --start-period=60s --retries=3 CMD ["node", "/app/dist/healthcheck.mjs"]
# Each command takes the place of this process, so signals reach it.
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "/app/dist/penstock.mjs"]
CMD ["help"]
