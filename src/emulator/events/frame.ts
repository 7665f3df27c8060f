/** The frames of the long connection, `pbbp2.Frame`. Source: section "ws" of Feishu's public SDKs. */
import protobuf from 'protobufjs';

const { root } = protobuf.parse(
  `
  syntax = "proto2";
  package pbbp2;
  message Header { required string key = 1; required string value = 2; }
  message Frame {
    required uint64 SeqID = 1;
    required uint64 LogID = 2;
    required int32 service = 3;
    required int32 method = 4;
    repeated Header headers = 5;
    optional string payload_encoding = 6;
    optional string payload_type = 7;
    optional bytes payload = 8;
    optional string LogIDNew = 9;
  }`,
  { keepCase: true },
);
const FrameType = root.lookupType('pbbp2.Frame');

/** A frame. `method` is 0 for control (ping, pong) and 1 for data. */
export type Frame = { service: number; method: 0 | 1; headers: Record<string, string>; payload: Buffer };

/** The bytes of a frame. */
export function encodeFrame(frame: Frame): Uint8Array {
  const headers = Object.entries(frame.headers).map(([key, value]) => ({ key, value }));
  return FrameType.encode(FrameType.create({ SeqID: 0, LogID: 0, ...frame, headers })).finish();
}

/** A frame from its bytes. Throws when they are not one. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const { service, method, headers, payload } = FrameType.toObject(FrameType.decode(bytes), { bytes: Buffer }) as {
    service: number;
    method: number;
    headers?: { key: string; value: string }[];
    payload?: Buffer;
  };
  return {
    service,
    method: method === 0 ? 0 : 1,
    headers: Object.fromEntries((headers ?? []).map(({ key, value }) => [key, value])),
    payload: Buffer.from(payload ?? []),
  };
}
