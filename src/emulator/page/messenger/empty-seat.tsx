/** A seat that nobody plays yet: the welcome, and people to begin with. */
import type { PagePerson } from '../../site/page-api.ts';
import { useTenant } from '../hooks/use-tenant.ts';
import { useDispatch } from '../state.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';

type Props = { isSplit: boolean; isActive: boolean; onChoose: () => void };

/** Alone it welcomes; beside another seat it asks for a second person. */
export function EmptySeat({ isSplit, isActive, onChoose }: Props) {
  return (
    <section
      className={`seat seat-empty ${isActive && isSplit ? 'is-active' : ''}`}
      aria-label="空座位"
      onPointerDown={onChoose}
    >
      {isSplit ? (
        <>
          <Icon name="people" size={44} />
          <p>从左侧再选一个人：一边按下的，另一边马上能看到</p>
        </>
      ) : (
        <Welcome />
      )}
    </section>
  );
}

function Welcome() {
  const dispatch = useDispatch();
  const { bot, people } = useTenant();
  return (
    <div className="welcome">
      <Avatar name={bot.name} id={bot.id} size={56} kind="bot" />
      <h2>{bot.name}</h2>
      <p>这是一个模拟的飞书，人和消息都是样例，不会发到外面。选一个人，以他的身份试用。</p>
      <div className="welcome-people">
        {suggest(people).map((person) => (
          <button
            key={person.id}
            type="button"
            className="welcome-person"
            onClick={() => dispatch({ do: 'play', person: person.id })}
          >
            <Avatar name={person.name} id={person.id} size={36} />
            <span>
              {person.name}
              <small>{person.badge ?? person.jobTitle}</small>
            </span>
          </button>
        ))}
      </div>
      <button type="button" className="btn btn-primary" onClick={() => dispatch({ do: 'tour', step: 0 })}>
        跟着走一遍（五步）
      </button>
    </div>
  );
}

/** One person of each kind: the offices that stand out, and somebody without one. */
function suggest(people: PagePerson[]): PagePerson[] {
  const present = people.filter((person) => !person.hasLeft);
  const badges = [...new Set(present.flatMap((person) => person.badge ?? []))].slice(0, 3);
  const holders = badges.map((badge) => present.find((person) => person.badge === badge));
  return [
    ...holders,
    present.find((person) => !person.badge && person.jobTitle === '民警') ?? present.find((person) => !person.badge),
  ].filter((person) => person !== undefined);
}
