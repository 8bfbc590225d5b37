import type { request as Request } from 'node:http';

/** Node's function for requests to such an address. The modules are loaded now and not at start: that costs 10 ms. */
export async function requestFunction(url: string): Promise<typeof Request> {
  const { request } = /^https:/i.test(url) ? await import('node:https') : await import('node:http');
  return request;
}
