/** Reads the settings, starts the bot, and the emulator in Feishu's place when no app is configured; stops on SIGTERM. */
import { startApp } from './app.ts';
import { readConfig } from './config.ts';
import { StartError } from './errors.ts';
import { createLog, type Logger } from './log.ts';
import { startSample } from './sample.ts';

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.LOG_LEVEL ?? (config.FEISHU_APP_ID ? 'info' : 'warn'));
  const running = await start(config, log);
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, async () => {
      if (isStopping) return;
      isStopping = true;
      log.info({ signal }, 'stopping');
      await running.stop();
      process.exit(0);
    });
  }
}

async function start(config: ReturnType<typeof readConfig>, log: Logger): Promise<{ stop: () => Promise<void> }> {
  const { FEISHU_APP_ID, FEISHU_APP_SECRET } = config;
  if (FEISHU_APP_ID && FEISHU_APP_SECRET) {
    const app = await startApp({ ...config, FEISHU_APP_ID, FEISHU_APP_SECRET }, log);
    console.log(`Jingxin is connected to ${config.FEISHU_DOMAIN} and listens on ${app.url}`);
    return app;
  }
  const sample = await startSample(config, log);
  console.log(`\n  警心助手 Jingxin is ready: ${sample.url}\n`);
  return sample;
}

main().catch((error: unknown) => {
  console.error(error instanceof StartError ? `\n${error.message}\n` : error);
  process.exit(1);
});
