import { connect } from 'node:net';
import { builtIn } from './builtIn.ts';

/** Passes when a connection can be made; it is closed at once. */
export const tcpPort = builtIn('tcp_port', async ({ port: written, host = 'localhost' }, { signal }) => {
  const port = Number(written);
  const values = { host, port };
  const problem = await connectionProblem(host as string, port, signal);
  return problem === undefined
    ? { ok: true, values: { ...values, open: true }, message: `${host}:${port} accepts connections` }
    : {
        ok: false,
        values: { ...values, open: false, errno: problem.code },
        message: `${host}:${port} cannot be reached: ${problem.message || problem.code}`,
      };
});

function connectionProblem(
  host: string,
  port: number,
  signal: AbortSignal,
): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const stop = () => {
      socket.destroy();
      reject(signal.reason);
    };
    const end = (problem?: NodeJS.ErrnoException) => {
      signal.removeEventListener('abort', stop);
      socket.destroy();
      resolve(problem);
    };
    socket.once('connect', () => end()).once('error', end);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
