/** Everybody whose part can be played, by unit, with a search by name, pinyin or initials. */
import { useDeferredValue, useMemo, useState } from 'react';
import type { PagePerson, PageUnit } from '../../site/page-api.ts';
import { useTenant } from '../hooks/use-tenant.ts';
import { type State, useDispatch } from '../state.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { matchesPerson } from './match-person.ts';

/** Within a unit those with an office come first. */
export function PeopleList({ state, isLoaded }: { state: State; isLoaded: boolean }) {
  const { people, units } = useTenant();
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed);
  const groups = useMemo(() => groupByUnit(people, units, wanted), [people, units, wanted]);
  const played = new Map(state.seats.map((seat, at) => [seat.person, at]));
  return (
    <aside className="people" aria-label="人员">
      <div className="people-head">
        <h1 className="people-title">以谁的身份</h1>
        <label className="search">
          <Icon name="search" size={16} />
          <input
            type="search"
            value={typed}
            placeholder="姓名、拼音或首字母"
            aria-label="搜索人员"
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
      </div>
      <ScrollRegion className="people-list" label="人员列表">
        {groups.map(({ unit, members }) => (
          <section key={unit?.id ?? 'none'} className="people-unit" aria-label={unit?.name ?? '未分配单位'}>
            <h2 className="people-unit-name" title={unit?.path}>
              {unit?.name ?? '未分配单位'}
              <span className="people-unit-count">{members.length}</span>
            </h2>
            <ul>
              {members.map((person) => (
                <PersonLine
                  key={person.id}
                  person={person}
                  seat={played.get(person.id)}
                  isActive={played.get(person.id) === state.active}
                />
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && <p className="hint">{isLoaded ? '没有找到这个人' : '正在读取人员'}</p>}
      </ScrollRegion>
    </aside>
  );
}

function PersonLine({ person, seat, isActive }: { person: PagePerson; seat: number | undefined; isActive: boolean }) {
  const dispatch = useDispatch();
  const kind = [person.jobTitle, shortPolitics(person.politics)].filter(Boolean).join(' · ');
  return (
    <li>
      <button
        type="button"
        className={`person-line ${seat === undefined ? '' : 'is-played'} ${person.hasLeft ? 'has-left' : ''}`}
        aria-current={isActive ? 'true' : undefined}
        data-person={person.id}
        onClick={() => dispatch({ do: 'play', person: person.id })}
      >
        <Avatar name={person.name} id={person.id} size={34} />
        <span className="person-words">
          <span className="person-name">
            {person.name}
            {person.badge && <span className="badge">{person.badge}</span>}
          </span>
          <span className="person-kind">{person.hasLeft ? '已离职' : kind}</span>
        </span>
        {person.unread > 0 && <Unread count={person.unread} />}
      </button>
    </li>
  );
}

/** A red count of unread messages. */
export function Unread({ count }: { count: number }) {
  return (
    <span className="unread">
      {count > 99 ? '99+' : count}
      <span className="sr-only"> 条未读</span>
    </span>
  );
}

function shortPolitics(politics: string): string {
  return politics.replace('中共', '').replace('入党积极分子', '积极分子');
}

function groupByUnit(
  people: PagePerson[],
  units: PageUnit[],
  wanted: string,
): { unit: PageUnit | undefined; members: PagePerson[] }[] {
  const shown = people.filter(
    (person) =>
      matchesPerson(person.name, wanted) || (wanted.trim() !== '' && (person.badge ?? '').includes(wanted.trim())),
  );
  const groups: { unit: PageUnit | undefined; members: PagePerson[] }[] = units.map((unit) => ({
    unit,
    members: shown.filter((person) => person.unitId === unit.id),
  }));
  const known = new Set(units.map((unit) => unit.id));
  groups.push({ unit: undefined, members: shown.filter((person) => !known.has(person.unitId ?? '')) });
  for (const group of groups) group.members.sort((a, b) => Number(Boolean(b.badge)) - Number(Boolean(a.badge)));
  return groups.filter((group) => group.members.length > 0);
}
