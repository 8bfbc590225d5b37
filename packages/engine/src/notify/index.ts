export { type Notifier, type NotifierOptions, notifier } from './notifier.ts';
export type { FailedJobPayload, NotificationPayload, Occasion, RunHead } from './occasion.ts';
export type { WebhookTiming } from './webhook.ts';
