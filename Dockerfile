# One container for a lab: Slack on port 3000, /healthz on port 8080, the database in the volume /data.
#
# A tag may be another image tomorrow. To build from the same one each time, give it by its digest, which
#   docker buildx imagetools inspect node:26-slim
# prints beside "Digest:" after you have looked at what it is:
#   docker build --build-arg BASE=node:26-slim@sha256:<digest> -t paperboy .
ARG BASE=node:26-slim
FROM ${BASE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM ${BASE}
# Threads share two heaps of the C library, which otherwise keeps one for each, and the gaps in it.
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=2 \
    HOST=0.0.0.0 \
    PORT=8080 \
    SLACK_PORT=3000 \
    DATABASE_URL=file:/data/paperboy.db
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json manifest.yaml ./
COPY bin bin
COPY src src
COPY templates templates
COPY samples samples
# With PostgreSQL the index lies in data/ of the current folder.
RUN install --directory --owner=node --group=node /data && ln -s /data data
VOLUME /data
USER node
EXPOSE 3000 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
# No shell in between, so that SIGTERM reaches Paperboy itself.
CMD ["node", "bin/paperboy.js", "serve"]
