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

// CarriersAlone names the hash chain of what carriers say of parcels, of a folder that is
// alone. Of folders that belong to a hub each has one of its own.
const CarriersAlone = "carrier"

// CarriersOf names the chain of what carriers say, of a station's folder that belongs to a
// hub.
func CarriersOf(station string) string { return CarriersAlone + "-" + station }

// IsBench reports whether a chain is a bench's.
func IsBench(writer string) bool {
	return !IsDesk(writer) && writer != CarriersAlone && !strings.HasPrefix(writer, CarriersAlone+"-")
}
