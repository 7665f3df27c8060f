/** Keeps other people's pages out: a browser may be made to ask this address by any page that is open in it. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { RequestHandler } from 'express';

/** What the page sends, and no form of another page can (fetch.spec.whatwg.org, CORS-safelisted request-header). */
const OWN_BODY = /^application\/(json|octet-stream)\s*(;|$)/i;

/**
 * Whether a request comes from the emulator's own page, or from no page at all, as an SDK's or a script's does. The host that was
 * asked for has to be one of ours, since a foreign name may be made to mean this machine (DNS rebinding); the page that asks, if it
 * says so, has to be of that host. `host` is the one listened on; behind a wildcard any address in digits counts, with any port,
 * as of a container.
 */
export function isFromHere({ headers, socket, method, url = '/' }: IncomingMessage, host: string): boolean {
  const address = `http://${headers.host}`;
  if (!URL.canParse(address)) return false;
  const asked = new URL(address);
  if (!isOwnHost(asked, host, socket.localPort)) return false;
  if (headers.origin !== undefined && headers.origin !== asked.origin) return false;
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return true;
  // A link to the page may stand anywhere; what it opens is not the other page's to read.
  const isLink =
    method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return isLink && /^\/(\?|$)/.test(url);
}

function isOwnHost({ hostname, port }: URL, host: string, localPort: number | undefined): boolean {
  const name = hostname.replace(/^\[|\]$/g, '');
  if ((host === '0.0.0.0' || host === '::') && (isIP(name) !== 0 || name === 'localhost')) return true;
  const isOurs =
    name === host || name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
  return isOurs && Number(port || 80) === localPort;
}

/** Answers 403 whatever comes from elsewhere, and lets nobody put the page into a frame. */
export function keepToOwnPages(host: string): RequestHandler {
  return (request, response, next) => {
    response.set({
      'content-security-policy': "frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
    if (isFromHere(request, host)) return next();
    response
      .status(403)
      .json({ code: 403, msg: 'not from here', error: '这个请求不是模拟器自己的页面发来的，没有办理。' });
  };
}

/** Answers 415 a change that could come from a form of any page. */
export const refuseForms: RequestHandler = ({ method, headers }, response, next) => {
  if (method === 'GET' || method === 'HEAD' || OWN_BODY.test(headers['content-type'] ?? '')) return next();
  response.status(415).json({ error: '请以 application/json 发送。' });
};
