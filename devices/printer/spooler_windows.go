package printer

import (
	"errors"
	"fmt"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// spooler is the part of the Windows print spooler that raw jobs need.
type spooler struct{ dll *windows.LazyDLL }

func newSpooler() spooler { return spooler{windows.NewLazySystemDLL("winspool.drv")} }

// call returns the value of a function that answers 0 when it failed. What the
// arguments point to stays where it is until it returns.
//
//go:uintptrescapes
func (s spooler) call(name string, args ...uintptr) (uintptr, error) {
	proc := s.dll.NewProc(name)
	if err := proc.Find(); err != nil {
		return 0, err
	}
	r, _, err := proc.Call(args...)
	if r == 0 {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	return r, nil
}

// open returns a handle, which must be closed.
func (s spooler) open(queue string) (uintptr, error) {
	name, err := windows.UTF16PtrFromString(queue)
	if err != nil {
		return 0, err
	}
	var handle uintptr
	_, err = s.call("OpenPrinterW", uintptr(unsafe.Pointer(name)), uintptr(unsafe.Pointer(&handle)), 0)
	return handle, err
}

func (s spooler) close(handle uintptr) { s.call("ClosePrinter", handle) }

// docInfo is DOC_INFO_1W.
type docInfo struct{ name, output, datatype *uint16 }

// raw sends bytes to the printer untouched. Taken says that the spooler has at
// least a part of them.
func (s spooler) raw(queue, title string, data []byte) (job uint32, taken bool, err error) {
	handle, err := s.open(queue)
	if err != nil {
		return 0, false, err
	}
	defer s.close(handle)
	name, err := windows.UTF16PtrFromString(title)
	if err != nil {
		return 0, false, err
	}
	datatype, err := windows.UTF16PtrFromString("RAW")
	if err != nil {
		return 0, false, err
	}
	info := docInfo{name: name, datatype: datatype}
	id, err := s.call("StartDocPrinterW", handle, 1, uintptr(unsafe.Pointer(&info)))
	if err != nil {
		return 0, false, err
	}
	job = uint32(id)
	for len(data) > 0 {
		var n uint32
		_, err := s.call("WritePrinter", handle, uintptr(unsafe.Pointer(&data[0])), uintptr(len(data)), uintptr(unsafe.Pointer(&n)))
		if err == nil && n == 0 {
			err = errors.New("WritePrinter: nothing was taken")
		}
		if err != nil {
			s.call("AbortPrinter", handle)
			return job, true, err
		}
		data = data[min(int(n), len(data)):]
	}
	_, err = s.call("EndDocPrinter", handle)
	return job, true, err
}

// state returns a printer's status bits.
func (s spooler) state(queue string) (uint32, error) {
	handle, err := s.open(queue)
	if err != nil {
		return 0, err
	}
	defer s.close(handle)
	var status, needed uint32 // PRINTER_INFO_6
	_, err = s.call("GetPrinterW", handle, 6, uintptr(unsafe.Pointer(&status)), unsafe.Sizeof(status), uintptr(unsafe.Pointer(&needed)))
	return status, err
}

// jobInfo is JOB_INFO_1W.
type jobInfo struct {
	id                                              uint32
	printer, machine, user, document, datatype, own *uint16
	status, priority, position, pages, printed      uint32
	submitted                                       windows.Systemtime
}

// windowsJob is a job that is in a queue.
type windowsJob struct {
	id     uint32
	status uint32
	came   time.Time
}

// find returns the newest job of that title; false when the queue has none.
func (s spooler) find(queue, title string) (windowsJob, bool, error) {
	const most = 1000
	handle, err := s.open(queue)
	if err != nil {
		return windowsJob{}, false, err
	}
	defer s.close(handle)
	var needed, count uint32
	proc := s.dll.NewProc("EnumJobsW")
	if err := proc.Find(); err != nil {
		return windowsJob{}, false, err
	}
	proc.Call(handle, 0, most, 1, 0, 0, uintptr(unsafe.Pointer(&needed)), uintptr(unsafe.Pointer(&count)))
	if needed == 0 {
		return windowsJob{}, false, nil
	}
	// The pointers of the list point into it; as jobInfos it is aligned.
	size := uint32(unsafe.Sizeof(jobInfo{}))
	list := make([]jobInfo, needed/size+8) // jobs may come in between
	if _, err := s.call("EnumJobsW", handle, 0, most, 1, uintptr(unsafe.Pointer(&list[0])), uintptr(len(list))*uintptr(size),
		uintptr(unsafe.Pointer(&needed)), uintptr(unsafe.Pointer(&count))); err != nil {
		return windowsJob{}, false, err
	}
	var found windowsJob
	known := false
	for _, job := range list[:min(int(count), len(list))] {
		if job.document != nil && windows.UTF16PtrToString(job.document) == title && job.id >= found.id {
			found, known = windowsJob{job.id, job.status, when(job.submitted)}, true
		}
	}
	return found, known, nil
}

// when reads a time of the spooler, which is UTC.
func when(t windows.Systemtime) time.Time {
	return time.Date(int(t.Year), time.Month(t.Month), int(t.Day), int(t.Hour), int(t.Minute), int(t.Second), 0, time.UTC)
}

// cancel deletes a job.
func (s spooler) cancel(queue string, id uint32) error {
	const deleteJob = 5
	handle, err := s.open(queue)
	if err != nil {
		return err
	}
	defer s.close(handle)
	_, err = s.call("SetJobW", handle, uintptr(id), 0, 0, deleteJob)
	return err
}
