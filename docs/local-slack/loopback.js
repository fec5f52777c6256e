// local-slack listens on every address; this keeps it on loopback.
const serve = Bun.serve;
Bun.serve = options => serve({ ...options, hostname: '127.0.0.1' });
