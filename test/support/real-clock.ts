/** Every test file begins on the real clock, wherever the file before it in the same process has moved it. */
import { moveTo } from '../../src/basics/clock.ts';

moveTo(new Date());
