import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** What the servers of this process have received since the watch began. */
export interface Traffic {
	requests: number;
	/** The most that were being answered at one moment. */
	atOnce: number;
	/** Bytes that the servers have sent. */
	bytes: number;
}

/** Counts requests at the sandboxes of this process while something runs. */
export async function trafficOf(run: () => Promise<unknown>): Promise<Traffic> {
	const traffic = { requests: 0, atOnce: 0, bytes: 0 };
	let underWay = 0;
	const started = () => {
		traffic.requests++;
		traffic.atOnce = Math.max(traffic.atOnce, ++underWay);
	};
	const finished = (message: unknown) => {
		underWay--;
		const { socket } = message as { socket: { bytesWritten: number } };
		traffic.bytes += socket.bytesWritten;
	};
	subscribe('http.server.request.start', started);
	subscribe('http.server.response.finish', finished);
	try {
		await run();
	} finally {
		unsubscribe('http.server.request.start', started);
		unsubscribe('http.server.response.finish', finished);
	}
	return traffic;
}
