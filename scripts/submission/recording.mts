import type { BrowserContext, Page } from 'playwright-core';

import { encodeGif } from './gif.mjs';
import { pixelsOf } from './pixels.mjs';

/** Changes that follow each other faster are animations, of which one picture is enough. */
const FASTEST_MS = 700;
/** Waiting is boring: no picture stays longer. */
const SLOWEST_MS = 2_500;
const SIZE = { width: 1000, height: 625 };

interface Picture {
	png: string;
	at: number;
}

export interface Recording {
	/** Does something, such as loading a page, of which the recording shows the end only. */
	without(work: () => Promise<void>): Promise<void>;
	/** Ends the recording. Returns it as a GIF. */
	end(): Promise<Uint8Array>;
}

/** Records what a page shows, as Chromium's screencast delivers it. */
export async function record(page: Page): Promise<Recording> {
	const pictures: Picture[] = [];
	let isLeftOut = false;
	let leftOut: Picture | undefined;
	const take = (picture: Picture): void => {
		const { at } = picture;
		const last = pictures.at(-1);
		const before = pictures.at(-2);
		// The newest picture of a quick series replaces those before it.
		if (last && before && at - before.at < FASTEST_MS) pictures.pop();
		pictures.push(picture);
	};
	const session = await page.context().newCDPSession(page);
	session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
		const picture = { png: data, at: (metadata.timestamp ?? 0) * 1_000 };
		if (isLeftOut) leftOut = picture;
		else take(picture);
		void session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
	});
	await session.send('Page.startScreencast', { format: 'png' });
	return {
		async without(work) {
			isLeftOut = true;
			await work();
			isLeftOut = false;
			// Chromium sends pictures of changes only.
			if (leftOut) take(leftOut);
			leftOut = undefined;
		},
		async end() {
			await session.send('Page.stopScreencast');
			return await encoded(pictures, page.context());
		},
	};
}

async function encoded(pictures: Picture[], context: BrowserContext): Promise<Uint8Array> {
	const canvas = await context.newPage();
	const frames = [];
	for (const [index, { png, at }] of pictures.entries()) {
		const next = pictures[index + 1];
		const milliseconds = Math.min(next ? next.at - at : SLOWEST_MS, SLOWEST_MS);
		frames.push({ rgba: await pixelsOf(canvas, png, SIZE), milliseconds });
	}
	await canvas.close();
	return encodeGif(frames, SIZE.width, SIZE.height);
}
