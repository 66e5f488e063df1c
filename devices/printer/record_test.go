package printer

import (
	"testing"
	"time"
)

// L4: that a queue shows no job of a name proves that there was none only where
// its record reaches back beyond the time at which it can have come.
func TestAQueuesRecordMustReachBack(t *testing.T) {
	const now = 100_000 // the scheduler's clock, in seconds; ours may be another
	job := func(name string, state, made, ended int) map[string]any {
		return map[string]any{
			"job-id": 3, "job-name": name, "job-state": state, "job-printer-up-time": now,
			"time-at-creation": now - made, "time-at-completed": now - ended,
		}
	}
	without := func(name string, from map[string]any) map[string]any { delete(from, name); return from }
	for name, c := range map[string]struct {
		jobs []map[string]any
		ago  time.Duration
		want State
	}{
		"one ended long before":           {[]map[string]any{job("label-6", 9, 4000, 3700)}, time.Hour, Rejected},
		"a cancelled one too":             {[]map[string]any{job("label-6", 7, 4000, 3700)}, time.Hour, Rejected},
		"only younger ones":               {[]map[string]any{job("label-8", 9, 30, 20), job("label-9", 9, 10, 5)}, time.Hour, Unknown},
		"the clocks may drift apart":      {[]map[string]any{job("label-6", 9, 4000, 3630)}, time.Hour, Unknown},
		"one that came before, ended now": {[]map[string]any{job("label-6", 9, 4000, 5)}, time.Hour, Unknown},
		"one that has not ended":          {[]map[string]any{without("time-at-completed", job("label-6", 5, 4000, 0))}, time.Hour, Unknown},
		"no record":                       {nil, time.Hour, Unknown},
		"a record without times":          {[]map[string]any{{"job-id": 3, "job-name": "label-6", "job-state": 9}}, time.Hour, Unknown},
		"a scheduler without a clock":     {[]map[string]any{without("job-printer-up-time", job("label-6", 9, 4000, 3700))}, time.Hour, Unknown},
		"our clock was set back":          {[]map[string]any{job("label-6", 9, 4000, 3700)}, -time.Hour, Unknown},
		"nobody knows since when":         {[]map[string]any{job("label-6", 9, 4000, 3700)}, ever, Unknown},
		"a younger one of another user":   {[]map[string]any{job("label-6", 9, 4000, 3700), without("job-name", job("", 9, 60, 50))}, time.Hour, Unknown},
		"an older one of another user":    {[]map[string]any{job("label-6", 9, 4000, 3700), without("job-name", job("", 9, 5000, 4900))}, time.Hour, Rejected},
		"it is there":                     {[]map[string]any{job("label-7", 9, 60, 50)}, time.Hour, Printed},
	} {
		t.Run(name, func(t *testing.T) {
			q, p := newQueue(t)
			q.jobs = c.jobs
			r, err := p.LookupWithin(t.Context(), label.Name, c.ago)
			if err != nil || r.State != c.want {
				t.Errorf("%+v, %v; want %v", r, err, c.want)
			}
		})
	}
}
