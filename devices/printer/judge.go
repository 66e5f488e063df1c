package printer

import (
	"slices"
	"strings"

	"packbench/station/trouble"
)

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

// printer-state of IPP.
const (
	printerProcessing = 4
	printerStopped    = 5
)

// verdict is what the attributes of a job and its printer say together.
type verdict struct {
	Result
	message string // the print service's own words, "" when they say nothing
	broken  bool   // the document cannot be read: the job would be tried for ever
}

// judge says where a job stands. Printed is state 9 and nothing else;
// the printer's message may then be an old one and is not heeded.
func judge(job, queue attributes) verdict {
	message := job.text("job-printer-state-message")
	switch job.number("job-state") {
	case jobCompleted:
		return verdict{Result: Told(Printed)}
	case jobCanceled, jobAborted:
		return verdict{Result: thrownAway(job, message)}
	case jobPending, jobHeld, jobActive, jobStopped:
		return judgeWaiting(job, queue, message)
	}
	return verdict{Result: Told(Unknown)}
}

func judgeWaiting(job, queue attributes, message string) verdict {
	v := verdict{Result: Told(Sent), message: message}
	if unreadable(message) {
		v.broken = true
		return v
	}
	reasons := slices.Concat(job.texts("job-printer-state-reasons"), queue.texts("printer-state-reasons"), job.texts("job-state-reasons"))
	// A message of another job is an old one unless that job is printed now.
	if message == "" && queue.number("printer-state") == printerProcessing {
		message = queue.text("printer-state-message")
		v.message = message
	}
	state := job.number("job-state")
	r, bad := judgeReasons(reasons)
	switch {
	case bad:
		v.Result = r
	case queue.number("printer-state") == printerStopped, state == jobHeld:
		v.Result = Told(Paused)
	case slices.Contains(reasons, "job-completed-with-errors"):
		v.Result = saying(Stuck, trouble.JobFailed, strings.TrimSpace(message))
	case state == jobStopped:
		v.Result = Told(Paused)
	// Once the printer has the job, the message of before stays and is old.
	case outOfReach(message) && !slices.Contains(reasons, "cups-waiting-for-job-completed"):
		v.Result = Told(Offline)
	}
	return v
}

// thrownAway says why a job ended without a page. The state does not tell a
// person's cancelling from the printer's, and the reasons not always; a printer
// that gives up says why in its message.
func thrownAway(job attributes, message string) Result {
	reasons := job.texts("job-state-reasons")
	for _, by := range []string{"job-canceled-by-user", "job-canceled-by-operator", "job-canceled-at-device"} {
		if slices.Contains(reasons, by) {
			return Told(Cancelled)
		}
	}
	canceled := job.number("job-state") == jobCanceled
	if canceled && (message == "" || outOfReach(message)) {
		return Told(Cancelled)
	}
	if !canceled && message == "" {
		message = job.text("job-state-message")
	}
	if unreadable(message) {
		return brokenDocument()
	}
	if message = strings.TrimSpace(message); message != "" {
		return saying(Rejected, trouble.ThrownAway, message)
	}
	return Told(Rejected)
}

// unreadable knows the messages of filters that cannot read a document. A
// queue tries such a job again and again.
func unreadable(message string) bool {
	for _, sign := range []string{"loadFilename failed", "ilter failed", "damaged file", "trailer dictionary"} {
		if strings.Contains(message, sign) {
			return true
		}
	}
	return false
}

func brokenDocument() Result { return saying(Rejected, trouble.BadDocument) }

// outOfReach knows the messages of a printer that cannot be reached: reasons
// stay "none" then.
func outOfReach(message string) bool {
	for _, sign := range []string{
		"may not exist or is unavailable", "printer is not responding", "printer is unreachable", "Unable to locate printer",
		"Waiting for printer to become available", "nable to connect to printer", "printer is not connected",
	} {
		if strings.Contains(message, sign) {
			return true
		}
	}
	return false
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
			return saying(Stuck, trouble.Jammed), true
		case "door-open", "cover-open", "interlock-open":
			return saying(Stuck, trouble.PrinterOpen), true
		case "marker-supply-empty", "toner-empty":
			return saying(Stuck, trouble.NoInk), true
		}
	}
	return Result{}, false
}
