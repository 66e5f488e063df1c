package screen

import (
	"slices"

	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// Page names what fills the window.
type Page string

// The pages. The first eight follow the phase of the bench.
const (
	PageSignIn   Page = "sign-in"
	PageIdle     Page = "idle"
	PageLoading  Page = "loading" // a carrier's van at the dock
	PageReturn   Page = "return"  // what came back is taken apart
	PagePacking  Page = "packing"
	PageWeighing Page = "weighing" // weighing and choosing a service
	PageClosing  Page = "closing"
	PageLocked   Page = "locked"
	PageCases    Page = "cases"
	PageDock     Page = "dock"
	PageShift    Page = "shift"
	PageFigures  Page = "figures" // of parcels after they left, week by week
	PageBoxes    Page = "boxes"   // how cartons were used, and which to buy
	PageTrace    Page = "trace"
	PageQueue    Page = "queue" // the orders that are still to pack
	PageSettings Page = "settings"
	PageDoctor   Page = "scanner-doctor"
	PageShop     Page = "shop"     // the set-up of a shop
	PageBoard    Page = "board"    // a tile for each bench
	PageOutbox   Page = "outbox"   // what shops and the team are still to be told
	PageShops    Page = "shops"    // the shops that are connected
	PageColumns  Page = "columns"  // what the columns of files hold
	PageAccounts Page = "carriers" // the accounts that labels are bought on
	PageRules    Page = "rules"    // the shop's rules for the choice of a service
	PageHub      Page = "hub"      // the hub, which benches it has and what they hold
	PageMessages Page = "messages" // who is told what happens at the benches
	PageAfter    Page = "after"    // the parcels that need somebody since they left

	PageOwed Page = "owed" // what buyers are owed for what came back

	PageStock     Page = "stock"       // what runs low, and the ledger
	PageCount     Page = "count-stock" // a walk from bin to bin with the scanner
	PageCatalogue Page = "catalogue"   // the products
)

// View is all that is on the screen. Exactly one of Bench, Dock, Queue, Cases,
// Shift, Trace, Settings, Doctor, Shop, Shops, Columns, Outbox, After, Stock, Count and Catalogue is set; Sim stands beside the bench in the demo.
type View struct {
	Page     Page
	Of       Subject      `json:"-"` // what the page is about
	Lang     say.Language `json:"-"` // that it is told in
	Theme    Theme
	Header   Header
	Tabs     []Action // the pages that this person may open
	Pages    []Action `json:"-"` // further ones, which a key opens everywhere
	Bench    *BenchView
	Dock     *DockView
	Queue    *QueueView
	Cases    *CasesView
	Shift    *ShiftView
	Trace    *TraceView
	Settings *SettingsView
	Doctor   *DoctorView
	Shop     *ShopView
	Shops    *ShopsView
	Columns  *ColumnsView
	Outbox   *OutboxView
	After    *AfterView // of PageOwed too
	Board    *BoardView
	Stock    *StockView
	Count    *CountView

	Catalogue *CatalogueView

	Sim   *SimView
	Entry *Entry // a field that is being typed into
	Help  *Help
	Focus string // ID of the Action that the keyboard stands on, "" for none
}

// Header is the first line of every page.
type Header struct {
	Station string // "Bench S1"
	Person  string // "Packer One", "" when nobody is signed in
	Role    string // only where it is more than packer
	Lamps   []Lamp
	Clock   string // "14:32"
	// Alert is set while a lamp is red: what is wrong and what to do.
	Alert string
	// Deaf is set while scans go elsewhere, and stands in place of Alert: nothing
	// that is scanned comes to anything.
	Deaf string
	// Heard stands in their place, where there is something to hear.
	Heard Heard
}

// Colour is the colour of a device's lamp.
type Colour string

// The colours of a lamp. LampOff stands for a device that cannot tell.
const (
	LampOff   Colour = "off"
	LampGreen Colour = "green"
	LampAmber Colour = "amber"
	LampRed   Colour = "red"
)

// Lamp is how a device is, in words.
type Lamp struct {
	Kind   string // "scanner", "scale", "printer", "database", "network"
	Name   string
	Colour Colour
	Words  string
	Fix    string
	Steps  []trouble.Step `json:",omitempty"` // of Fix, for the settings
}

// Action is something that a person can do: by touch, by its key, or by
// scanning the card of its command.
type Action struct {
	ID          string // unique in a View
	Label       string // a verb: "Undo"
	Key         string // "F2", "" for none
	Command     string // the name on the command card, "" for none
	Note        string // a quiet second line, "" for none
	Count       int    // shown beside the label where it is not 0
	Enabled     bool
	Primary     bool
	On          bool // a chip or switch that is on
	Destructive bool
	Apart       bool // another group of buttons begins with it
	Intent      Intent
}

// IntentKind says what a person wants.
type IntentKind string

// The kinds of intent.
const (
	IntentCommand  IntentKind = "command"   // Command, as the headless bench names them
	IntentScan     IntentKind = "scan"      // Value as if it had been scanned
	IntentPage     IntentKind = "page"      // Name: a Page, Value: its tab
	IntentFocus    IntentKind = "focus"     // Name: ID of an Action
	IntentHelp     IntentKind = "help"      // show or hide the list of commands
	IntentTheme    IntentKind = "theme"     // light ↔ dark
	IntentSelect   IntentKind = "select"    // Name: what kind of thing, Value: its id
	IntentFilter   IntentKind = "filter"    // Value: the filter, Name: the text that is searched for
	IntentNarrow   IntentKind = "narrow"    // Name: NarrowStation…, Value: what is left; "" leaves all
	IntentEdit     IntentKind = "edit"      // begin to type into field Name
	IntentType     IntentKind = "type"      // Value is typed into field Name: characters, or one of the Type keys
	IntentKeys     IntentKind = "keys"      // other keys on the screen: Name is their layer, Value the Caps
	IntentEnter    IntentKind = "enter"     // field Name is finished
	IntentCancel   IntentKind = "cancel"    // leave a field, the help or a dialogue
	IntentResolve  IntentKind = "resolve"   // Name: a case, Value: the reason
	IntentSimilar  IntentKind = "similar"   // Name: a case, Value: the reason for all that are like it
	IntentCase     IntentKind = "case"      // Name: a case, Value: CaseUnlock…
	IntentRequeue  IntentKind = "requeue"   // Name: an order; what was left out of it is to be packed
	IntentLink     IntentKind = "link"      // Name: a case, Value: the product that its code stands for
	IntentExport   IntentKind = "export"    // Value: "csv"…
	IntentFolder   IntentKind = "folder"    // show the folder of what was written last
	IntentSetting  IntentKind = "setting"   // Name: key of the setting, Value: the new text
	IntentTest     IntentKind = "test"      // Name: a device
	IntentSave     IntentKind = "save"      // keep the settings
	IntentTestPage IntentKind = "test-page" // Name: a printer
	IntentZero     IntentKind = "zero"      // Name: a scale to set to zero
	IntentUse      IntentKind = "use"       // Name: "scanner", "scanner2" or "scale", Value: name of what is plugged in
	IntentFind     IntentKind = "find"      // look for the scale's protocol; Value "stop" gives it up
	IntentCopy     IntentKind = "copy"      // Value into the clipboard
	IntentDoctor   IntentKind = "doctor"    // Name: a scanner to set up by scanning
	IntentReprint  IntentKind = "reprint"   // the label of the parcel that the page shows
	IntentManifest IntentKind = "manifest"  // Name: a manifest to print again
	IntentSheet    IntentKind = "sheet"     // print the calibration sheet
	IntentKeep     IntentKind = "keep"      // keep what the doctor learnt
	IntentChoose   IntentKind = "choose"    // Name: what a file is to be chosen for; "" stops what works
	IntentBadges   IntentKind = "badges"    // print the badges that can be
	IntentConnect  IntentKind = "connect"   // Name: ShopAdd…, Value: a shop or kind of shop
	IntentColumns  IntentKind = "columns"   // Name: ColumnsSave…, Value: what it is about
	IntentRejects  IntentKind = "rejects"   // write the rows that were left out into a file
	IntentAgain    IntentKind = "again"     // Name: an entry of the outbox to send again
	IntentGiveUp   IntentKind = "give-up"   // Name: an entry that is not to be sent, Value: why; "" asks
	IntentAfter    IntentKind = "after"     // Name: a parcel that has left, Value: AfterCopy…
	IntentOwed     IntentKind = "owed"      // Name: a return, Value: OwedPaid…, a way or a reason
	IntentStock    IntentKind = "stock"     // Name: StockReceive…, CountEnd…, ShelfJump…; Value: what it is about
	IntentPaste    IntentKind = "paste"     // what is on the clipboard into field Name
	IntentCards    IntentKind = "cards"     // Name: a sheet of cards to print, "commands" or "cartons"
	IntentKnob     IntentKind = "knob"      // Mass: what now lies on the simulated scale
	IntentCable    IntentKind = "cable"     // Name: simulated device, Value: "in" or "out"
	IntentPrinter  IntentKind = "printer"   // Value: what the simulated printer reports
)

// Intent is what a person wants, as data; only the fields of its kind are set.
type Intent struct {
	Kind    IntentKind
	Name    string
	Value   string
	Mass    unit.Mass
	Command pack.Command
	Next    string // of IntentEnter: the field to open then, "" for none
}

// Entry is a field that is being typed into. The toolkit's own fields are not
// used, because a scan must never land in one.
type Entry struct {
	ID     string
	Label  string
	Text   string
	Hint   string // what the field wants, or why the text is no good
	Bad    bool
	Secret bool
	Kind   FieldKind
	Tiles  []CartonTile // boxes to choose from instead
	// Choices are what the field may be, to choose from instead.
	Choices []Action
	// Paste: what it takes is long and stands elsewhere, and has a button to paste it.
	Paste bool
	// Next is the field that follows, which Tab opens; "" for none.
	Next string
	// Optional: it may be left empty.
	Optional bool
	// Languages are those of the shop, by their tags: their letters have keys.
	Languages []string
	Layer     string // which keys stand on the screen
	Caps      Caps
	Lang      say.Language `json:"-"` // of its buttons
}

// in puts the words of a field into a language, where they are not in it yet.
func (e *Entry) in(l say.Language) *Entry {
	if e == nil || l.English() || !e.Lang.English() {
		return e
	}
	told := *e
	told.Label, told.Hint, told.Lang = l.Phrase(e.Label), l.Phrase(e.Hint), l
	told.Choices = slices.Clone(e.Choices)
	for i, c := range told.Choices {
		told.Choices[i].Label, told.Choices[i].Note = l.Phrase(c.Label), l.Phrase(c.Note)
	}
	return &told
}

// Item is a product as it is shown: a picture, or initials on a colour.
type Item struct {
	SKU      string
	Name     string
	Picture  string // file name, "" for none
	Initials string
	Tile     RGB
}

// Figure is a number with its name.
type Figure struct {
	Name  string
	Value string
}

// Help lists what can be done here.
type Help struct {
	Title string
	Rows  []HelpRow
	More  []Action // what has no button of its own: by touch, or by its digit
	Close Action
}

// HelpRow is one line of the help.
type HelpRow struct {
	Key     string
	Label   string
	Command string
	Words   string
}

// Theme is light or dark.
type Theme string

// The themes.
const (
	Light Theme = "light"
	Dark  Theme = "dark"
)
