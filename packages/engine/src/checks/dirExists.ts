import { builtIn } from './builtIn.ts';
import { lookAt } from './lookAt.ts';

export const dirExists = builtIn('dir_exists', async ({ path }, { workingDir }) => {
  const looked = await lookAt(path as string, workingDir, 'folder');
  if (!looked.found) return looked.failure;
  const values = { path, file: looked.path, exists: true, is_folder: looked.stats.isDirectory() };
  return values.is_folder
    ? { ok: true, values, message: `folder "${looked.path}" exists` }
    : { ok: false, values, message: `"${looked.path}" is not a folder` };
});
