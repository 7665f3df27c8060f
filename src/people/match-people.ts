/** Finds the people a typed name can mean. */
import type { Reader } from '../storage/database.ts';

export type Match = { id: string; name: string; unit: string };

/** Everybody in service with exactly this name, narrowed by a unit's name if one is typed as well: `张伟 一大队`. */
export function matchPeople(db: Reader, typed: string): Promise<Match[]> {
  const [name = '', unit = ''] = typed.trim().split(/\s+/);
  return db.sql<Match>`
    SELECT p.id, p.name, COALESCE(u.name, '') AS unit FROM person p LEFT JOIN unit u ON u.id = p."unitId"
    WHERE p.status = 'active' AND p.name = ${name} AND (${unit} = '' OR position(${unit} IN COALESCE(u.name, '')) > 0) ORDER BY u.name, p.id LIMIT 10`;
}

/** The one person meant, or the sentence that says why it is not clear who. */
export async function matchOne(db: Reader, typed: string): Promise<{ person: Match } | { unclear: string }> {
  const found = await matchPeople(db, typed);
  const [person] = found;
  if (!person) return { unclear: '没有找到这个人，请核对姓名后再提交。' };
  if (found.length === 1) return { person };
  const units = found.map(({ unit }) => unit).join('、');
  return {
    unclear: `同名的有${found.length}位（${units}），请在姓名后加空格写上单位，例如：${person.name} ${person.unit}`,
  };
}
