// Preloaded into servers from npm that would listen on every interface: they listen on the loopback interface alone.

import { Server } from "node:net";

const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  return typeof port === "number" || /^\d+$/.test(port)
    ? listen.call(this, Number(port), "127.0.0.1", ...rest.filter((argument) => typeof argument === "function"))
    : listen.call(this, port, ...rest);
};
