/** The people of the emulated tenant, kept fresh. */
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { PageBot, PagePerson, PageUnit, PeopleAnswer } from '../../site/page-api.ts';
import { api } from '../api.ts';
import { useStream } from '../stream.ts';

export type Tenant = {
  bot: PageBot;
  units: PageUnit[];
  people: PagePerson[];
  personOf: (id: string) => PagePerson | undefined;
  nameOf: (id: string) => string | undefined;
};

const EMPTY: PeopleAnswer = { bot: { id: '', name: '警心助手', menu: [] }, units: [], people: [] };
/** Unread counts follow a crowd of messages at this pace, so that a burst does not read the list again each time. */
const PACE_MS = 300;

/** The tenant, and whether the emulator answers. Reads the people again when they or their unread counts change. */
export function useTenantSource(): { tenant: Tenant; failure: string | undefined; isLoaded: boolean } {
  const [answer, setAnswer] = useState<PeopleAnswer>();
  const [failure, setFailure] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const read = useCallback(async () => {
    timer.current = undefined;
    try {
      setAnswer(await api.people());
      setFailure(undefined);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  }, []);
  useEffect(() => {
    void read();
  }, [read]);
  useStream((event) => {
    if (event.kind === 'lost') setFailure('与模拟器的连接断开了，正在重新连接');
    else if (event.kind === 'resync') void read();
    else if (event.kind === 'people' || event.kind === 'message' || event.kind === 'read')
      timer.current ??= setTimeout(read, PACE_MS);
  });
  const tenant = useMemo(() => toTenant(answer ?? EMPTY), [answer]);
  return { tenant, failure, isLoaded: answer !== undefined };
}

function toTenant(answer: PeopleAnswer): Tenant {
  const byId = new Map(answer.people.map((person) => [person.id, person]));
  return {
    ...answer,
    personOf: (id) => byId.get(id),
    nameOf: (id) => (id === answer.bot.id ? answer.bot.name : byId.get(id)?.name),
  };
}

export const TenantContext = createContext<Tenant>(toTenant(EMPTY));

/** The people of the tenant. */
export function useTenant(): Tenant {
  return useContext(TenantContext);
}
