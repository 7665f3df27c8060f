/** The long connection: hands out the endpoint, keeps the sockets, and sends each event over one of them. */
import { randomInt } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { newId } from '../world/tenant.ts';
import { decodeFrame, encodeFrame, type Frame } from './frame.ts';
import type { PushOutcome } from './webhook.ts';

const MOST_CONNECTIONS = 50;
const SERVICE_ID = 33554678;
const SOCKET_PATH = '/callback/ws/connect';
/** Seconds, as Feishu sends them. */
const CLIENT_CONFIG = { ReconnectCount: -1, ReconnectInterval: 120, ReconnectNonce: 30, PingInterval: 120 };

const EndpointBody = z.object({ AppID: z.string(), AppSecret: z.string() });
const Ack = z.object({ code: z.number(), data: z.string().optional() });

export type LongConnections = {
  /** Answers `POST /callback/ws/endpoint`. Source: request-url-configuration-case. */
  giveEndpoint: (body: unknown, host: string) => { code: number; msg: string; data: Record<string, unknown> };
  /** Takes an HTTP upgrade, if it is for the socket's path and carries a ticket that was handed out. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Sends a payload over one connection chosen at random and waits for the acknowledgement. */
  send: (payload: string) => Promise<PushOutcome>;
  /** How many clients are connected and listening. */
  count: () => number;
  /** Cuts every connection, as a bad network does. */
  drop: () => void;
  stop: () => void;
};

type Options = {
  app: { id: string; secret: string };
  /** A payload longer than this is sent in parts. */
  partBytes: number;
  /** How long a client may take to acknowledge. */
  answerWithinMs: number;
  /** Multiplies the waits between reconnects that clients are told. */
  retryScale: number;
  /** Called when a client has begun to listen. */
  onListening: () => void;
};

/** Answers 403 and hangs up: a caller that never does would keep the server from ending, which no longer counts the socket as its own. */
export function refuseUpgrade(socket: Duplex, headers = ''): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 403 Forbidden\r\n${headers}connection: close\r\n\r\n`, () => socket.destroy());
}

/** At most 50 connections; an event goes to one of them, never to all. */
export function createLongConnections(options: Options): LongConnections {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const listening = new Set<WebSocket>();
  const open = new Set<WebSocket>();
  const waiting = new Map<string, (outcome: PushOutcome) => void>();

  const receive = (socket: WebSocket, data: RawData) => {
    const frame = readFrame(data);
    if (!frame) return socket.close(1003);
    if (frame.method === 0) {
      if (frame.headers.type !== 'ping') return;
      // With its settings, as Feishu does; the SDK takes an answer without them for a broken one.
      const payload = Buffer.from(JSON.stringify(scaled(options.retryScale)));
      socket.send(encodeFrame({ ...frame, headers: { type: 'pong' }, payload }));
      if (listening.has(socket)) return;
      // The first ping shows that the client listens; what is sent before gets lost in the Node SDK.
      listening.add(socket);
      options.onListening();
      return;
    }
    waiting.get(frame.headers.message_id ?? '')?.(readAck(frame.payload));
  };

  return {
    giveEndpoint: (body, host) => {
      const given = EndpointBody.safeParse(body).data;
      // The Node SDK stumbles over an answer without `data`.
      if (!given || given.AppID !== options.app.id) return { code: 1000040346, msg: 'app_id is invalid', data: {} };
      if (given.AppSecret !== options.app.secret) return { code: 514, msg: 'auth failed', data: {} };
      if (open.size >= MOST_CONNECTIONS)
        return { code: 1000040350, msg: 'the number of connections exceeded the limit', data: {} };
      const ticket = newId('');
      tickets.add(ticket);
      const query = new URLSearchParams({
        // `device_id` and `service_id` must not come first: the Node SDK would not find them.
        ...{ fpid: '493', aid: '1', device_id: String(randomInt(2 ** 47)), access_key: newId('') },
        ...{ service_id: String(SERVICE_ID), ticket },
      });
      return {
        code: 0,
        msg: 'ok',
        data: { URL: `ws://${host}${SOCKET_PATH}?${query}`, ClientConfig: scaled(options.retryScale) },
      };
    },
    upgrade: (request, socket, head) => {
      const url = new URL(request.url ?? '/', 'ws://localhost');
      if (url.pathname !== SOCKET_PATH || !tickets.delete(url.searchParams.get('ticket') ?? '')) {
        refuseUpgrade(socket, 'handshake-status: 403\r\nhandshake-msg: bad ticket\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, (client) => {
        open.add(client);
        client.on('message', (data) => receive(client, data));
        client.on('error', () => client.terminate());
        client.on('close', () => {
          open.delete(client);
          listening.delete(client);
        });
      });
    },
    send: (payload) => {
      const socket = [...listening][randomInt(Math.max(1, listening.size))];
      if (!socket) return Promise.resolve({ kind: 'no-address' });
      const messageId = newId('');
      for (const frame of splitIntoFrames(payload, messageId, options.partBytes)) socket.send(encodeFrame(frame));
      return new Promise((resolve) => {
        const settle = (outcome: PushOutcome) => {
          clearTimeout(timer);
          waiting.delete(messageId);
          resolve(outcome);
        };
        const timer = setTimeout(() => settle({ kind: 'timeout' }), options.answerWithinMs);
        waiting.set(messageId, settle);
      });
    },
    count: () => listening.size,
    drop: () => {
      for (const socket of open) socket.terminate();
    },
    stop: () => {
      for (const settle of waiting.values()) settle({ kind: 'unreachable' });
      for (const socket of open) socket.terminate();
      server.close();
    },
  };
}

function scaled(scale: number): typeof CLIENT_CONFIG {
  const { ReconnectInterval, ReconnectNonce } = CLIENT_CONFIG;
  return { ...CLIENT_CONFIG, ReconnectInterval: ReconnectInterval * scale, ReconnectNonce: ReconnectNonce * scale };
}

function splitIntoFrames(payload: string, messageId: string, partBytes: number): Frame[] {
  const bytes = Buffer.from(payload);
  const sum = Math.max(1, Math.ceil(bytes.length / partBytes));
  const traceId = newId('');
  return Array.from({ length: sum }, (_, seq) => ({
    service: SERVICE_ID,
    method: 1,
    headers: { type: 'event', message_id: messageId, sum: String(sum), seq: String(seq), trace_id: traceId },
    payload: bytes.subarray(seq * partBytes, (seq + 1) * partBytes),
  }));
}

function readFrame(data: RawData): Frame | undefined {
  try {
    return decodeFrame(Array.isArray(data) ? Buffer.concat(data) : new Uint8Array(data));
  } catch {
    return undefined;
  }
}

/** The bot's answer in an acknowledgement: its code stands for the HTTP status, its data is base64. */
function readAck(payload: Buffer): PushOutcome {
  try {
    const ack = Ack.parse(JSON.parse(payload.toString()));
    return { kind: 'answered', status: ack.code, body: Buffer.from(ack.data ?? '', 'base64').toString() };
  } catch {
    return { kind: 'answered', status: 500, body: '' };
  }
}
