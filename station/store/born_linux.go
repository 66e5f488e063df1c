package store

import (
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// born returns the time at which a file was made, "" where the file system does
// not keep it. No ordinary way of copying a file keeps this time.
func born(f *os.File) string {
	var s unix.Statx_t
	err := unix.Statx(int(f.Fd()), "", unix.AT_EMPTY_PATH, unix.STATX_BTIME, &s)
	if err != nil || s.Mask&unix.STATX_BTIME == 0 || s.Btime.Sec == 0 {
		return ""
	}
	return strconv.FormatInt(s.Btime.Sec*1e9+int64(s.Btime.Nsec), 10)
}
