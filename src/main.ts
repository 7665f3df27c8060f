/** Reads the settings, starts the bot, and the emulator in Feishu's place when no app is configured; stops on SIGTERM. */
import { type AppTuning, startApp } from './app.ts';
import { StartError } from './basics/errors.ts';
import { createLog, type Logger } from './basics/log.ts';
import { createStops, type Stops } from './basics/stops.ts';
import { type Config, readConfig } from './config.ts';
import { features } from './features/index.ts';
import { startSample } from './sample.ts';

async function main(): Promise<void> {
  const config = readConfig(features);
  const log = createLog(config.LOG_LEVEL ?? (config.FEISHU_APP_ID ? 'info' : 'warn'));
  const stops = createStops(log);
  let isStopping = false;
  const end = async (code: number) => {
    isStopping = true;
    const isComplete = await stops.run();
    process.exit(isComplete ? code : 1);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(1);
      log.info({ signal }, 'stopping');
      void end(0);
    });
  }
  const onBroken = (error: StartError) => {
    if (isStopping) return;
    explain(error);
    void end(1);
  };
  await start(config, log, { onBroken }, stops).catch((error: unknown) => {
    if (isStopping) return; // the start was what had to stop
    explain(error);
    void end(1);
  });
}

async function start(config: Config, log: Logger, tuning: AppTuning, stops: Stops): Promise<void> {
  const { FEISHU_APP_ID, FEISHU_APP_SECRET } = config;
  if (FEISHU_APP_ID && FEISHU_APP_SECRET) {
    const { url } = await startApp({ ...config, FEISHU_APP_ID, FEISHU_APP_SECRET }, log, tuning, stops);
    console.log(`Jingxin is connected to ${config.FEISHU_DOMAIN} and listens on ${url}`);
  } else {
    const { url } = await startSample(config, log, { tuning }, stops);
    console.log(`\n  警心助手 Jingxin is ready: ${url}\n`);
  }
}

function explain(error: unknown): void {
  console.error(error instanceof StartError ? `\n${error.message}\n` : error);
}

main().catch((error: unknown) => {
  explain(error);
  process.exit(1);
});
