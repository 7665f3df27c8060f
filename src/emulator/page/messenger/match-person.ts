/** Finding a person by what somebody types: characters, pinyin or initials. */
import { match } from 'pinyin-pro';

/** Whether `typed` is part of the name: `张伟`, `zhangwei`, `zw`. An empty search matches everybody. */
export function matchesPerson(name: string, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  return wanted === '' || name.toLowerCase().includes(wanted) || match(name, wanted.replaceAll(' ', '')) !== null;
}
