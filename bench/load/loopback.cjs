// Portkey's gateway has no option for the address it listens on, and takes all of them; this keeps it on loopback.
const { Server } = require("node:net");
const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  return typeof port === "number" ? listen.call(this, port, "127.0.0.1", ...rest.filter((r) => typeof r === "function"))
    : listen.call(this, typeof port === "object" && port && "port" in port ? { ...port, host: "127.0.0.1" } : port, ...rest);
};
