// The playground listens on every address; this keeps it on loopback.
const { Server } = require('net');
const listen = Server.prototype.listen;
Server.prototype.listen = function (...args) {
  if (typeof args[0] === 'number' || typeof args[0] === 'string') {
    return listen.call(this, { port: Number(args[0]), host: '127.0.0.1' }, args.find(argument => typeof argument === 'function'));
  }
  if (args[0] && typeof args[0] === 'object' && 'port' in args[0]) {
    args[0].host = '127.0.0.1';
  }
  return listen.apply(this, args);
};
