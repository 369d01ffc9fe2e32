# Touchstone as an image: `docker build --tag touchstone:0.2.0 .`
# A mock for this machine: `docker run --rm -p 127.0.0.1:8080:8080 -p 127.0.0.1:8081:8081 touchstone:0.2.0 mock relay \
#                            --host 0.0.0.0 --control-host 0.0.0.0 --public-host localhost`
#                          Port 8081 is the control plane: whoever reaches it can do everything.
# A run:                   `docker run --rm -v "$PWD:/work" --user "$(id -u)" touchstone:0.2.0 verify --target my-server.yaml`
FROM node:22-slim AS build
WORKDIR /build
COPY . .
RUN npm ci --no-audit --no-fund
RUN npm pack --ignore-scripts && mkdir /touchstone && tar -xzf touchstone-*.tgz -C /touchstone --strip-components 1
RUN cp package-lock.json .npmrc /touchstone && cd /touchstone && npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:22-slim
COPY --from=build /touchstone /opt/touchstone
RUN ln -s /opt/touchstone/bin/touchstone.cjs /usr/local/bin/touchstone && mkdir /work && chown 1000:1000 /work
USER 1000:1000
WORKDIR /work
EXPOSE 8080 8081 8443 8444 8445
ENTRYPOINT ["touchstone"]
CMD ["--help"]
