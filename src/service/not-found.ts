import { ProcessError } from '../errors.ts';

export function noInstance(id: string): ProcessError {
  return new ProcessError('not-found', {
    zh: `没有 id 为 ${id.slice(0, 64)} 的实例；GET /v1/instances 可列出所有实例`,
    en: `there is no instance ${id.slice(0, 64)}; GET /v1/instances lists those that there are`,
  });
}
