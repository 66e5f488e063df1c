package screen

// keyTable gives each key its one meaning on every page, and says which commands and
// buttons it is of; a button or page is named by its ID. F8 is left out, because wedge
// scanners send it for the GS1 separator. Digits are answers and the rows of the help.
var keyTable = []struct {
	key, meaning string
	of           []string
}{
	{"F1", "help", []string{"help"}},
	{"F2", "take back the last thing", []string{"undo"}},
	{"F3", "take an item out of the box", []string{"remove"}},
	{"F4", "send less than was ordered", []string{"short"}},
	{"F5", "set the order aside", []string{"park"}},
	{"F6", "close this box, start another", []string{"next-parcel"}},
	{"F7", "confirm a line", []string{"confirm"}},
	{"F9", "accept the weight", []string{"authorise"}},
	{"F10", "sign out", []string{"sign-out"}},
	{"F11", "type a code", []string{"type", "trace:type"}},
	{"F12", "cancel the job in hand", []string{"cancel"}},
	{"Ctrl A", "count by weight", []string{"by-weight"}},
	{"Ctrl B", "choose the box", []string{"carton"}},
	{"Ctrl D", "type the driver's name", []string{"driver"}},
	{"Ctrl E", "take the worked-out weight", []string{"worked-out"}},
	{"Ctrl F", "search", []string{"queue:find"}},
	{"Ctrl H", "load a van, or say that it is full", []string{"handover"}},
	{"Ctrl I", "swap a damaged item", []string{"swap"}},
	{"Ctrl M", "compare trace codes", []string{"trace:compare"}},
	{"Ctrl N", "open the order that is due first", []string{"next-order"}},
	{"Ctrl P", "print, or print again", []string{"reprint", "trace:again", "manifest:print", "sheet"}},
	{"Ctrl R", "try again what failed", []string{"retry"}},
	{"Ctrl S", "save", []string{"save", "keep", "trace:save"}},
	{keyPaste, "paste into a field", []string{"entry:paste"}},
	{"Ctrl T", "the parcels that left and need somebody", []string{"after"}},
	{"Ctrl U", "take apart what came back", []string{"return"}},
	{"Ctrl K", "finish a return", []string{"finish"}},
	{"Ctrl Y", "take apart an unknown return", []string{"blind"}},
	{"Ctrl J", "a piece of a return is missing", []string{"missing"}},
	{"Ctrl O", "what buyers are owed", []string{"owed"}},
	{"Ctrl W", "type the weight", []string{"weight"}},
	{"Ctrl X", "void the label", []string{"void"}},
	{"Ctrl 1", "the bench", []string{"bench"}},
	{"Ctrl 2", "the cases", []string{"cases"}},
	{"Ctrl 3", "the shift", []string{"shift"}},
	{"Ctrl 4", "the settings", []string{"settings"}},
	{"Ctrl 5", "tracing", []string{"trace"}},
	{"Ctrl 6", "the dock", []string{"dock"}},
	{"Ctrl 7", "the orders to pack", []string{"queue"}},
	{"Ctrl 8", "the outbox", []string{"outbox"}},
	{"Ctrl 0", "the benches", []string{"board"}},
	{"Ctrl 9", "the stock", []string{"stock", "count-stock"}},
	{"Ctrl G", "the products", []string{"catalogue"}},
	{"Page Up", "the page before", []string{"queue-page:before"}},
	{"Page Down", "the page after", []string{"queue-page:after"}},
	{"Ctrl L", "light or dark", []string{"theme"}},
}

// DefaultKeys returns the key of each command, button and page.
func DefaultKeys() map[string]string {
	keys := map[string]string{}
	for _, row := range keyTable {
		for _, name := range row.of {
			keys[name] = row.key
		}
	}
	return keys
}
