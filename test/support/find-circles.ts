/** Finds files that import each other in a circle; imports of types alone do not count, since nothing is left of them when it runs. */
import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

/** Each circle once, as paths from the working folder with the first repeated at the end; empty where there is none. */
export function findCircles(files: string[]): string[] {
  const imports = new Map(files.map((file) => [file, valuesImportedBy(file)]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, way: string[]) => {
    if (way.includes(file)) {
      circles.push([...way.slice(way.indexOf(file)), file].map((at) => relative('', at)).join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const next of imports.get(file) ?? []) visit(next, [...way, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return circles;
}

function valuesImportedBy(file: string): string[] {
  const statements = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) (?!type )([^;']*?)(?: from )?'(\.[^']+)';/gms,
  );
  return [...statements]
    .filter(([, names = '']) => !/^\{(?:\s*type [^,}]+,?)+\s*\}$/.test(names.trim()))
    .map(([, , name = '']) => resolve(dirname(file), name));
}
