import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// Takes every message, and says how many it took when it is asked.
let taken = 0;
const server = createServer((req, res) => {
  req.resume().on('end', () => {
    taken += 1;
    res.writeHead(204).end();
  });
});
server.listen(0, '127.0.0.1');
process.on('message', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ port, taken });
});
