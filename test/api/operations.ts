import { openApiDocument } from '../../src/schemas.ts';

/** Every operation of the API description, as `GET /v1/instances/{id}`, in its order. */
export function describedOperations(): readonly string[] {
  const { paths } = openApiDocument();
  return Object.entries(Object(paths)).flatMap(([path, item]) =>
    Object.keys(Object(item)).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

/** Method and path of an operation with its parameters filled in. */
export function filledIn(operation: string, values: Readonly<Record<string, string>>): readonly [string, string] {
  const [method = '', path = ''] = operation.split(' ');
  return [method, path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? name)];
}
