/** All aliases, each with what it stands for. */
import { card } from '../../feature.ts';
import { PagedRef } from '../../pager.ts';
import { findAliases } from '../../people/places/aliases.ts';

const PER_PAGE = 10;

export const list = card({
  ref: PagedRef,
  action: 'aliases.edit',
  matter: 'anywhere',
  load: async (db, { page: asked }) => {
    const aliases = await findAliases(db);
    const last = Math.max(0, Math.ceil(aliases.length / PER_PAGE) - 1);
    const page = Math.min(asked, last);
    return {
      count: aliases.length,
      aliases: aliases
        .slice(page * PER_PAGE, (page + 1) * PER_PAGE)
        .map(({ id, said, name }) => ({ id, said, name: name ?? '（已不在通讯录里，请删除）' })),
      pages: last > 0 ? `第${page + 1}页，共${last + 1}页` : '',
      previous: page - 1,
      next: page < last ? page + 1 : -1,
    };
  },
});
