package printer

import "strings"

// job-state of IPP.
const (
	jobPending   = 3
	jobHeld      = 4
	jobActive    = 5
	jobStopped   = 6
	jobCanceled  = 7
	jobAborted   = 8
	jobCompleted = 9
)

const printerStopped = 5

// judge says in words where a job stands. Printed is state 9 and nothing else;
// the printer's message may then be an old one and is not heeded.
func judge(job, queue attributes) Result {
	message := job.text("job-printer-state-message")
	reasons := append(job.texts("job-printer-state-reasons"), queue.texts("printer-state-reasons")...)
	reasons = append(reasons, job.texts("job-state-reasons")...)
	switch job.number("job-state") {
	case jobCompleted:
		return Told(Printed)
	case jobCanceled, jobAborted:
		r := Told(Rejected)
		if message != "" {
			r.Words = "the job was thrown away: " + message
		}
		return r
	case jobHeld, jobStopped:
		return Told(Paused)
	case jobPending, jobActive:
		if r, trouble := judgeReasons(reasons); trouble {
			return r
		}
		switch {
		case queue.number("printer-state") == printerStopped:
			return Told(Paused)
		case strings.Contains(message, "may not exist or is unavailable"),
			strings.Contains(queue.text("printer-state-message"), "may not exist or is unavailable"):
			return Told(Offline)
		}
		return Told(Sent)
	}
	return Told(Unknown)
}

// judgeReasons reads the keywords of a printer's state.
func judgeReasons(reasons []string) (Result, bool) {
	for _, reason := range reasons {
		for _, grade := range []string{"-error", "-warning", "-report"} {
			reason = strings.TrimSuffix(reason, grade)
		}
		switch reason {
		case "media-empty", "media-needed":
			return Told(PaperOut), true
		case "offline", "shutdown", "timed-out":
			return Told(Offline), true
		case "paused", "moving-to-paused", "printer-stopped":
			return Told(Paused), true
		case "media-jam":
			return stuck("the printer is jammed"), true
		case "door-open", "cover-open", "interlock-open":
			return stuck("the printer is open"), true
		case "marker-supply-empty", "toner-empty":
			return stuck("the printer has no ribbon, ink or toner"), true
		}
	}
	return Result{}, false
}

func stuck(words string) Result {
	r := Told(Stuck)
	r.Words = words
	return r
}
