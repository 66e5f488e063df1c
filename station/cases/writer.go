package cases

import "strings"

// DeskAlone names the hash chain of the desk of a folder that is alone. Of folders that
// belong to a hub each desk has one of its own, named after its station.
const DeskAlone = "desk"

// DeskOf names the chain of the desk of a station's folder that belongs to a hub.
func DeskOf(station string) string { return DeskAlone + "-" + station }

// IsDesk reports whether a chain is a desk's.
func IsDesk(writer string) bool {
	return writer == DeskAlone || strings.HasPrefix(writer, DeskAlone+"-")
}
