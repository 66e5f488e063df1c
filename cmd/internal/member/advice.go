package member

import "packbench/station/hub"

// Advice says what a person does about trouble with the hub; the words of the trouble
// itself say what is wrong.
func Advice(err error) string {
	return map[hub.Kind]string{
		hub.Away:       "It is tried again by itself, and this bench packs on with what it has claimed. If it lasts: is the computer of the database on, and its network plugged in?",
		hub.BadAddress: "Put the address right: packctl hub join --url postgres://owner@computer/database?sslmode=verify-full",
		hub.Unsafe:     "Add sslmode=verify-full to the address, and join again with it: packctl hub join --url …",
		hub.BadLogin:   "Join again, which makes a new password: packctl hub join --url …",
		hub.NoDatabase: "Make the database again or put its backup back; then packctl hub init, and packctl hub join at each bench.",
		hub.NoHub:      "Put the backup of the database back, or run packctl hub init, and packctl hub join at each bench.",
		hub.NoRights:   "Run packctl hub init of this program as the owner of the hub; then packctl hub join here.",
		hub.Full:       "Make room on the computer of the database. Benches pack on, and tell it all then.",
		hub.OtherHub:   "Put the address of the shop's own hub right, with packctl hub join.",
		hub.NewerHub:   "Install the newer packbench on this computer.",
		hub.OlderHub:   "Run packctl hub init of this program once, as the owner of the hub.",
		hub.Copied:     "Stop one of the two folders. If this one is right: packctl hub join --replace",
		hub.Taken:      "Give this bench another name, or join with --replace if the other folder is gone.",
		hub.Behind:     "Stop the bench and run packctl hub join: its own journal comes back from the hub.",
		hub.BadChain:   "Run packctl journal verify here, and packctl hub status: both name the row.",
	}[hub.KindOf(err)]
}
