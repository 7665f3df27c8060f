/** The year as everybody sees it, and a notice to be confirmed. */
import { z } from 'zod';
import { card } from '../../feature.ts';
import { mayAnywhere } from '../../people/permissions.ts';
import { Id } from '../../sight.ts';
import { describeChanges, describeNotice, describeYear } from './describe.ts';
import { findImported, findNotice, findWithNotice } from './queries.ts';

/** Years that the built-in calendar can compute. */
export const Year = z.coerce.number().int().min(2001).max(2099);

export const year = card({
  ref: Year,
  action: 'self',
  load: async (db, one, viewer) => {
    const imported = await findImported(db, one);
    const isKnown = viewer.calendar.knowsYear(one);
    const { off, worked } = describeYear(one, viewer);
    return {
      ...{ year: one, off: off.join('\n'), worked: worked.join('、'), isKnown },
      source: imported.length > 0 ? '按政治处导入的放假安排' : isKnown ? '按国务院办公厅公布的放假安排' : '',
      mayEdit: viewer.who !== undefined && mayAnywhere(viewer.who, 'holidays.edit'),
    };
  },
});

export const notice = card({
  ref: Id,
  action: 'holidays.edit',
  matter: 'anywhere',
  load: async (db, id, viewer) => {
    const found = await findNotice(db, id);
    if (!found) return undefined;
    const changes = found.appliedAt ? [] : describeChanges(found.year, await findWithNotice(db, found), viewer);
    return {
      ...{
        year: found.year,
        lines: describeNotice(found.days, viewer).join('\n'),
        isApplied: found.appliedAt !== null,
      },
      ...{ changes: changes.join('\n'), count: changes.length },
    };
  },
});
