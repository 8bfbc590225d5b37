import { startLauncher } from '../../src/launcher/index.ts';
import { describeLauncher } from './conformance.ts';

describeLauncher('portable', (options, listener) =>
  startLauncher({ ...options, spawner: 'portable' }, listener),
);
