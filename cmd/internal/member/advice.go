package member

import "packbench/station/hub"

const (
	wrongAddress = "Press Join again, and put the address right"
	lostHub      = "Put the database back from its backup, or make a hub anew; then press Join again at each bench"
)

// Advice says what a person does about trouble with the hub; the words of the trouble
// itself say what is wrong.
func Advice(err error) string {
	return map[hub.Kind]string{
		hub.Away:       "It is tried again by itself, and this bench packs on with what it has claimed. If it lasts: is the computer of the database on, and its network plugged in?",
		hub.BadAddress: wrongAddress,
		hub.Unsafe:     "Press Join again, with sslmode=verify-full in the address",
		hub.BadLogin:   "Press Join again, which makes a new password",
		hub.NoDatabase: lostHub,
		hub.NoHub:      lostHub,
		hub.NoRights:   "Run packctl hub init of this program as the owner of the hub, then press Join again",
		hub.Full:       "Make room on the computer of the database. Benches pack on, and tell it all then.",
		hub.OtherHub:   wrongAddress,
		hub.NewerHub:   "Install the newer packbench on this computer.",
		hub.OlderHub:   "Run packctl hub init of this program once, as the owner of the hub.",
		hub.Copied:     "Stop one of the two folders. In the right one press Join again, in place of a lost folder",
		hub.Taken:      "Give this bench another name in the settings, or join in place of a lost folder",
		hub.Behind:     "Press Join again: its own journal comes back from the hub",
		hub.BadChain:   "Run packctl journal verify here, and packctl hub status: both name the row.",
	}[hub.KindOf(err)]
}
