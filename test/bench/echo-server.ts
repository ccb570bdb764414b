import type { AddressInfo } from 'node:net';
import express from 'express';

// Bare Express: reads the same bodies as JSON and answers with JSON of the same sizes. Nothing is stored or checked.
process.on('message', (answers: readonly unknown[]) => {
  const app = express();
  let n = 0;
  app.post('/v1/instances/:id/events', express.json(), (_req, res) => {
    res.json(answers[n++ % answers.length]);
  });
  const server = app.listen(0, '127.0.0.1', () => {
    const address = server.address() as AddressInfo;
    process.send?.(address.port);
  });
});
