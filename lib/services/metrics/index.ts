// Counters and gauges for Prometheus.
export { getMetrics } from "./get";
