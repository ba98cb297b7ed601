# One image for every process of Nhịp Y tế; the arguments of `nhip-yte` say which. Three stages: what compiles, what is
# needed at run time, and the image itself, which holds no compiler, no package manager's cache and no test.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY workers ./workers
RUN npm run build

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# Optional ones left out as well: a dependency's optional wish for TypeScript would bring the compiler back, and the one
# native addon among them only spares BullMQ's messages some microseconds.
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="Nhịp Y tế" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
# Everything below /app belongs to root: the program cannot change itself. It writes to /data alone.
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
COPY dashboards ./dashboards
COPY config ./config
RUN mkdir /data && chown node:node /data
ENV NODE_ENV=production \
    DATA_DIR=/data \
    CONFIG_DIR=/app/config \
    CONSOLE_HOST=0.0.0.0 \
    OPERATIONS_HOST=0.0.0.0 \
    OPERATIONS_PORT=8191 \
    WEBSUB_HOST=0.0.0.0
USER node
EXPOSE 8190 8191 8192
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.OPERATIONS_PORT + '/livez', { signal: AbortSignal.timeout(4000) }).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node.js itself gets the signals; SIGTERM lets jobs in hand end.
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "dist/src/cli.js"]
CMD ["start"]
