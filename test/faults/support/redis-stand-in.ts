/** An empty Redis as far as an idle queue needs one, where no binary is on PATH: it can be taken away at any moment. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Answers that differ from OK, by command: RESP2, https://redis.io/docs/latest/develop/reference/protocol-spec/. */
const VERSION = 'redis_version:7.2.0\r\nmaxmemory_policy:noeviction\r\n';
const ANSWERS: Record<string, string> = {
  INFO: `$${VERSION.length}\r\n${VERSION}\r\n`,
  EVALSHA: '*0\r\n',
  EVAL: '*0\r\n',
  HMSET: '+OK\r\n',
};

/** Starts it; `vanish` closes it and all connections, and nobody listens there any more. */
export async function startRedisStandIn(): Promise<{ url: string; vanish: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.setEncoding('utf8').on('data', (text: string) => {
      for (const [, command = ''] of text.matchAll(/\*\d+\r\n\$\d+\r\n(\w+)\r\n/g))
        answer(socket, command.toUpperCase());
    });
  });
  const vanish = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(vanish);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`, vanish };
}

function answer(socket: Socket, command: string): void {
  if (command === 'BZPOPMIN')
    setTimeout(() => socket.write('*-1\r\n'), 1_000); // as if nothing came in all that time
  else socket.write(ANSWERS[command] ?? '+OK\r\n');
}
