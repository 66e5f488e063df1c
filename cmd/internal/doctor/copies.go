package doctor

import (
	"bytes"
	"os"
)

// checkCopies says where nothing here can notice that an older copy of the whole
// folder was put back, so that numbers would be given again.
func checkCopies(noticed, virtual bool, copied string) []Check {
	const then = "; after that, before the next label, run: packctl numbers settle --skip COUNT, with more than can have been given since. A folder on another disk or a share, as numbers_copy in the settings, notices it"
	switch {
	case copied != "":
		return []Check{good("copies", "the numbers are kept in "+copied+" too: an older copy of this computer or of the data folder that is put back is noticed by that")}
	case !noticed:
		return []Check{good("copies", "an older copy of the data folder that is put back is not noticed here, because the file system keeps no time of birth"+then)}
	case virtual:
		return []Check{good("copies", "an older image of this virtual machine that is put back is not noticed"+then)}
	}
	return nil
}

// virtual reports whether this is known to be a virtual machine.
func virtual() bool {
	text, err := os.ReadFile("/proc/cpuinfo")
	return err == nil && bytes.Contains(text, []byte(" hypervisor"))
}
