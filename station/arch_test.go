package station_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// module is the path that all packages of this program begin with.
const module = "packbench/"

// layer is the rule of one package: what of this module it may import. A name
// that ends in "/..." stands for a folder and all below it.
type layer struct {
	pkg string
	may []string
	why string
}

// leaves may be imported by everybody: they know nothing of this module.
var leaves = []string{"station/unit", "station/gs1", "station/country", "station/trouble"}

var anything = []string{"station/...", "devices/...", "labels/...", "assets/...", "cmd/internal/..."}

var layers = []layer{
	{"cmd/packbench", except(anything, "cmd/internal/bench", "cmd/internal/effects", "cmd/internal/papers", "cmd/internal/lookup", "cmd/internal/desk", "cmd/internal/upkeep", "cmd/internal/doctor"), "a window around the front"},
	{"cmd/packctl", except(anything, "station/ui"), "it runs where there is no display and no cgo"},
	{"cmd/internal/crash", nil, "it works before anything opens and after anything fell"},
	{"cmd/internal/goods", with("station", "station/store", "station/gs1", "station/intake"), "what a word means is looked up in the catalogue, by whoever reads a file"},
	{"cmd/internal/folder/snapshot", with("station/store"), "files are copied whole, whatever they hold"},
	{"cmd/internal/folder/desks", with("station/cases", "station/journal", "station/store"), "which chain is a desk's is read from the journal alone"},
	{"cmd/internal/folder", with("station", "station/...", "!station/engine", "!station/screen", "!station/ui", "cmd/internal/folder/desks", "cmd/internal/folder/snapshot"), "what a shop's data folder holds: it knows no device, no paper and no machine at work"},
	{"cmd/internal/folder/foldertest", with("station", "station/...", "cmd/internal/folder"), "folders for the tests of those who use one"},
	{"cmd/internal/folder/noticed", with("station/config", "cmd/internal/folder"), "what others write into the settings is looked at beside the folder that everybody holds"},
	{"cmd/internal/lookup", with("station", "station/...", "!station/screen", "!station/ui", "cmd/internal/boxes", "cmd/internal/folder", "cmd/internal/door", "cmd/internal/lookup/inserts", "cmd/internal/lookup/marking", "cmd/internal/lookup/sent", "cmd/internal/lookup/sold", "cmd/internal/lookup/weighing"), "it only reads: no device to speak to, no paper to draw"},
	{"cmd/internal/photos", with("cmd/internal/folder"), "what a photo is of is said by a fact, by its hash"},
	{"cmd/internal/returndesk", with("station", "station/config", "station/pack", "station/people", "station/returns", "station/shop", "station/store", "cmd/internal/folder", "cmd/internal/lookup/sent", "cmd/internal/photos"), "what buyers announce and are owed is written by the desk, and told by the outbox"},
	{"cmd/internal/lookup/marking", with("station/pack"), "what a code says of its units is read without looking anything up"},
	{"cmd/internal/lookup/sent", with("station", "station/config", "station/pack", "station/returns", "station/stock", "station/store", "station/trace", "cmd/internal/folder"), "what left in a parcel is read from the store, and nothing is decided about it"},
	{"cmd/internal/boxes", with("station", "station/carrier", "station/carton", "station/pack", "station/store", "cmd/internal/folder"), "bench, window and desk ask the packer the same way, of what the folder holds"},
	{"cmd/internal/lookup/inserts", with("station", "station/carrier/rules", "station/config", "station/pack", "station/store", "cmd/internal/folder"), "what is put in beside the goods is a rule of the shop about an order"},
	{"cmd/internal/lookup/weighing", with("station", "station/config", "station/pack", "station/store", "station/weight"), "what a parcel should weigh is worked out of the machine's work and what the store learnt: no device, no order"},
	{"cmd/internal/weights", with("station/cases", "station/pack", "station/store", "station/weight", "cmd/internal/folder"), "what parcels say against the catalogue is read from the store, and told as a case"},
	{"cmd/internal/lookup/sold", with("station/pack", "station/store", "station/carrier/account"), "what accounts sold is read from the store: no carrier is asked"},
	{"cmd/internal/rating", with("station", "station/...", "!station/engine", "!station/screen", "!station/ui", "cmd/internal/folder"), "what a parcel is to the carriers is read from the folder: nobody is asked and nothing is bought"},
	{"cmd/internal/papers/carried", with("labels", "labels/foreign", "labels/pdf", "labels/zpl", "station/carrier/account", "station/config", "station/store"), "what a carrier made is printed as it came: who drew the rest, and on what it is printed, is not its business"},
	{"cmd/internal/papers/cards", with("station", "station/...", "!station/engine", "!station/screen", "!station/ui", "labels", "devices", "devices/scanner", "cmd/internal/folder", "cmd/internal/papers"), "what is scanned from a sheet is drawn apart from the papers of parcels; the calibration sheet is what scanners must know"},
	{"cmd/internal/papers/pictures", with("labels"), "files of pictures become pictures of the size of paper: what stands on it is not their business"},
	{"cmd/internal/papers/preview", with("labels", "labels/picture", "station/config", "station/phrases", "station/unit", "cmd/internal/papers", "cmd/internal/papers/pictures"), "what is shown before it is kept is drawn of settings alone: no order, no printer"},
	{"cmd/internal/papers/putaway", with("labels", "labels/pdf", "station/pack", "station/say", "station/store", "cmd/internal/folder", "cmd/internal/papers"), "where units that came back are put is drawn apart from the papers of parcels"},
	{"cmd/internal/papers", with("station", "station/...", "!station/engine", "!station/screen", "!station/ui", "labels/...", "assets/...", "cmd/internal/folder", "cmd/internal/papers/carried", "cmd/internal/papers/pictures"), "what stands on paper does not depend on what prints it, or when"},
	{"cmd/internal/folder/once", with("cmd/internal/folder", "station/store"), "whose turn it is to speak for the shop is asked the same way by all that speak"},
	{"cmd/internal/folder/secret", with("cmd/internal/folder"), "a key lies in a file of its own, whoever is signed in to with it"},
	{"cmd/internal/caserules", with("station/config", "station/pack", "cmd/internal/folder"), "what a shop set about cases is read the same way by the bench that follows it and by whoever tries it"},
	{"cmd/internal/finder", with("station", "station/...", "!station/ui", "!station/screen", "labels", "labels/pdf", "cmd/internal/desk", "cmd/internal/folder", "cmd/internal/goods"), "what one field finds is put together of what the desk knows, and drawn on a page, for window and packctl alike"},
	{"cmd/internal/door", with("cmd/internal/folder", "station", "station/engine", "station/people", "station/pack", "station/store"), "who a person is: bench and desk ask the same door"},
	{"cmd/internal/desk/assign", with("station", "station/cases", "station/pack", "station/people", "station/store", "cmd/internal/folder", "cmd/internal/door"), "who sees to a case is asked of people and rights, and written by the desk"},
	{"cmd/internal/desk", with("station", "station/...", "!station/ui", "assets/fonts", "cmd/internal/folder", "cmd/internal/folder/desks", "cmd/internal/door", "cmd/internal/desk/assign", "cmd/internal/lookup"), "supervisors and managers ask the journal, not a bench"},
	{"cmd/internal/stockroom", with("station", "station/...", "!station/screen", "!station/ui", "devices/llrp", "cmd/internal/folder", "cmd/internal/folder/desks", "cmd/internal/lookup"), "the stock is asked of the ledger, away from any bench"},
	{"cmd/internal/effects", with("station", "station/...", "!station/screen", "!station/ui", "devices", "devices/printer", "labels/...", "cmd/internal/rating", "cmd/internal/folder", "cmd/internal/lookup", "cmd/internal/lookup/sent", "cmd/internal/papers", "cmd/internal/papers/carried", "cmd/internal/papers/putaway", "cmd/internal/effects/printers"), "it carries out what the machine wishes for; of devices it knows a printer and its own Scale"},
	{"cmd/internal/effects/printers", with("devices/printer", "labels", "station/config", "station/pack"), "what the settings say of a printer is known without printing"},
	{"cmd/internal/effects/played", with("station", "station/carrier", "cmd/internal/effects"), "a carrier that plays a part is none of those that sell"},
	{"cmd/internal/columns", with("station", "station/intake", "station/store", "cmd/internal/folder", "cmd/internal/goods"), "what was answered about files is asked by whoever takes them in, and by the window before"},
	{"cmd/internal/upkeep", except(anything, "station/engine", "station/screen", "station/ui", "cmd/internal/bench"), "imports and backups work where no bench runs"},
	{"cmd/internal/doctor", except(anything, "station/engine", "station/screen", "station/ui", "cmd/internal/bench", "cmd/internal/upkeep"), "what is broken is looked at without the parts that it may break"},
	{"cmd/internal/shops/kinds", with("station/shop", "station/shop/..."), "what can be spoken to is a list; what is said to it is not its business"},
	{"cmd/internal/shops", with("station", "station/...", "!station/engine", "!station/screen", "!station/ui", "cmd/internal/folder", "cmd/internal/folder/once", "cmd/internal/folder/secret", "cmd/internal/goods", "cmd/internal/returndesk", "cmd/internal/shops/kinds"), "what comes from shops and goes to them passes through the store, and returns through their desk: no bench and no device is needed"},
	{"cmd/internal/carriers/kinds", with("station/carrier/..."), "what labels can be bought on is a list; what is done with it is not its business"},
	{"cmd/internal/carriers", with("station", "station/...", "!station/engine", "!station/screen", "!station/ui", "labels", "cmd/internal/folder", "cmd/internal/folder/secret", "cmd/internal/rating", "cmd/internal/papers", "cmd/internal/papers/carried", "cmd/internal/effects", "cmd/internal/carriers/kinds"), "labels are bought by whoever carries the effects out; no device is needed, and no machine at work"},
	{"cmd/internal/carriers/closeout", with("station", "station/...", "!station/engine", "!station/screen", "!station/ui", "cmd/internal/carriers", "cmd/internal/papers/carried"), "what vans take is told to accounts, and nothing is bought there"},
	{"cmd/internal/carriers/follow", with("station", "station/...", "!station/engine", "!station/screen", "!station/ui", "cmd/internal/aftercare", "cmd/internal/aftercare/heard", "cmd/internal/aftercare/inbox", "cmd/internal/carriers", "cmd/internal/folder/once"), "where parcels are is asked of accounts, and kept as what anybody says of parcels"},
	{"cmd/internal/figures", with("cmd/internal/desk", "station/carrier/reliability", "station/figures", "station/shift", "station/store", "cmd/internal/folder"), "figures are read from the store and written to files: nothing is counted here, and nothing kept"},
	{"cmd/internal/aftercare", with("station", "station/carrier", "station/cases", "station/carrier/reliability", "station/pack", "station/shift", "station/store", "station/track", "station/track/watch", "station/unit", "cmd/internal/folder", "cmd/internal/folder/desks"), "what became of parcels is read from the store: no carrier is asked, and nothing kept but that a buyer asked, and cases"},
	{"cmd/internal/aftercare/inbox", with("station/track", "station/track/inbox", "cmd/internal/aftercare/heard", "cmd/internal/folder", "cmd/internal/folder/secret"), "files are read and put aside, and what they say is kept as what anybody says of parcels"},
	{"cmd/internal/aftercare/heard", with("station", "station/pack", "station/store", "station/track", "cmd/internal/folder", "cmd/internal/folder/desks"), "what is said of parcels is kept in one way, whoever said it"},
	{"cmd/internal/carriers/dryrun", with("station", "station/...", "!station/engine", "!station/screen", "!station/ui", "cmd/internal/carriers", "cmd/internal/effects", "cmd/internal/rating"), "prices of the past are asked for and compared, and nothing is kept or bought"},
	{"cmd/internal/messages", with("station", "station/...", "!station/engine", "!station/screen", "!station/ui", "cmd/internal/folder", "cmd/internal/folder/once", "cmd/internal/folder/secret"), "what the team is told comes from the store and goes out of its outbox: no bench is needed, and no shop"},
	{"cmd/internal/messages/buyers", with("station", "station/...", "!station/engine", "!station/screen", "!station/ui", "cmd/internal/folder/once", "cmd/internal/messages", "cmd/internal/papers", "cmd/internal/site", "labels/barcode"), "buyers are told as the team is, and after their page is there"},
	{"cmd/internal/site", with("station", "station/...", "!station/engine", "!station/screen", "!station/ui", "cmd/internal/folder", "cmd/internal/folder/once", "cmd/internal/folder/secret"), "what buyers read comes from the store, and no bench is needed to write it"},
	{"cmd/internal/member", with("station", "station/config", "station/cases", "station/hub", "station/journal", "station/pack", "station/store", "station/trace", "cmd/internal/folder", "cmd/internal/folder/desks", "cmd/internal/folder/secret"), "a folder belongs to a hub whether a bench works in it or not"},
	{"cmd/internal/bench", except(anything, "station/screen", "station/ui", "cmd/internal/papers", "cmd/internal/desk", "cmd/internal/upkeep", "cmd/internal/doctor"), "it wires engine and devices for both programs, so nothing of the window may come with it"},
	{"cmd/internal/simulator", with("station", "station/config", "devices/...", "cmd/internal/folder"), "a demo's devices, which nobody but the front tells from real ones"},
	{"cmd/internal/desktop", except(anything, "station/ui"), "the front of the window, without the window"},
	{"cmd/internal/desktop/session", with("cmd/internal/desktop", "cmd/internal/desktop/shell", "cmd/internal/folder"), "one front follows the other on the window, and it knows no page"},
	{"cmd/internal/desktop/shell", with("station", "station/...", "!station/ui", "cmd/internal/bench", "cmd/internal/desk", "cmd/internal/folder", "cmd/internal/simulator"), "what pages share knows no page"},
	{"cmd/internal/desktop/demo", with("station", "station/...", "!station/ui", "cmd/internal/folder", "cmd/internal/lookup", "cmd/internal/desktop/shell"), "simulated devices are moved by touch, and known to nobody else on the window"},
	{"cmd/internal/desktop/shopfront", with("station", "station/...", "!station/ui", "cmd/internal/folder", "cmd/internal/folder/once", "cmd/internal/shops", "cmd/internal/desktop/shell"), "the window asks the same room of shops that packctl asks, in the background"},
	{"cmd/internal/desktop/accountfront", with("station", "station/...", "!station/ui", "cmd/internal/folder", "cmd/internal/carriers", "cmd/internal/carriers/dryrun", "cmd/internal/carriers/kinds", "cmd/internal/rating", "cmd/internal/desktop/shell"), "the window asks the same room of carriers that packctl asks, in the background"},
	{"cmd/internal/desktop/boxfront", with("station", "station/...", "!station/ui", "cmd/internal/boxes", "cmd/internal/desktop/shell"), "the window asks the same report of boxes as packctl, in the background"},
	{"cmd/internal/desktop/owedfront", with("station", "station/...", "!station/ui", "cmd/internal/desk", "cmd/internal/folder", "cmd/internal/returndesk", "cmd/internal/desktop/shell"), "the window settles by the same desk of returns as packctl, in the background"},
	{"cmd/internal/desktop/afterfront", with("station", "station/...", "!station/ui", "cmd/internal/aftercare", "cmd/internal/desk", "cmd/internal/desktop/shell"), "the window asks the same room of parcels that left that packctl asks, in the background"},
	{"cmd/internal/desktop/hubfront", with("station", "station/...", "!station/ui", "cmd/internal/desk", "cmd/internal/member", "cmd/internal/desktop/shell"), "the window asks of the hub what packctl asks, in the background"},
	{"cmd/internal/desktop/home", with("station", "station/...", "!station/ui", "devices/printer", "devices/scale", "cmd/internal/boxes", "cmd/internal/desk", "cmd/internal/folder", "cmd/internal/lookup", "cmd/internal/papers", "cmd/internal/desktop/pages", "cmd/internal/desktop/shell"), "the bench's own page reads what it shows beside the machine, and decides nothing"},
	{"cmd/internal/desktop/messagefront", with("station", "station/...", "!station/ui", "cmd/internal/messages", "cmd/internal/desktop/shell"), "the window asks the same room of messages that packctl asks, in the background"},
	{"cmd/internal/desktop/rulefront", with("station", "station/...", "!station/ui", "cmd/internal/rating", "cmd/internal/desktop/shell"), "the page of the rules keeps nothing itself and tries them as packctl does"},
	{"cmd/internal/desktop/stockfront", with("station", "station/...", "!station/ui", "devices/llrp", "cmd/internal/desk", "cmd/internal/folder", "cmd/internal/goods", "cmd/internal/shops", "cmd/internal/stockroom", "cmd/internal/desktop/shell"), "the window asks the same stockroom that packctl asks, in the background"},
	{"cmd/internal/desktop/pages", with("station", "station/...", "!station/ui", "devices", "cmd/internal/bench", "cmd/internal/desk", "cmd/internal/desk/assign", "cmd/internal/figures", "cmd/internal/folder", "cmd/internal/folder/desks", "cmd/internal/stockroom", "cmd/internal/weights", "cmd/internal/desktop/shell"), "the pages of supervisors and managers ask the desk, and the stockroom for a count"},
	{"cmd/internal/desktop/tracefront", with("station", "station/...", "!station/ui", "cmd/internal/bench", "cmd/internal/desk", "cmd/internal/finder", "cmd/internal/folder", "cmd/internal/desktop/shell"), "codes are judged by the desk, and all else found by the one finder that packctl asks"},
	{"cmd/internal/desktop/newshop", except(anything, "station/ui", "cmd/internal/desktop", "cmd/internal/desk", "cmd/internal/simulator"), "what a shop begins with comes in as packctl imports it"},
	{"cmd/internal/desktop/mapping", with("station", "station/...", "!station/ui", "cmd/internal/columns", "cmd/internal/folder", "cmd/internal/desktop/shell"), "the page of what columns hold takes nothing in itself"},
	{"cmd/internal/desktop/fields", with("station", "station/...", "!station/ui", "devices", "devices/...", "cmd/internal/effects/printers"), "the fields of the settings are values; only their page does something"},
	{"cmd/internal/desktop/setup", except(anything, "station/ui", "cmd/internal/desktop", "cmd/internal/desk", "cmd/internal/simulator"), "the settings page asks the front through its own Host"},
	{"cmd/dev", nil, "it must run before anything is installed"},

	{"station", leaves, "the nouns stand below everything that uses them"},
	{"station/unit", nil, "a leaf"},
	{"station/gs1", nil, "a leaf"},
	{"station/country", nil, "a leaf"},
	{"station/trouble", nil, "a leaf: devices, the machine and screens mean the same by a trouble"},
	{"station/pack", with("station", "station/people"), "every rule of packing, pure: what it needs from outside travels inside the input"},
	{"station/journal", with("station", "station/pack"), "rows hold what the machine says and nothing else"},
	{"station/journal/journaltest", with("station", "station/pack", "station/journal"), "long journals for tests, made by the machine itself"},
	{"station/engine", with("station", "station/pack", "station/journal"), "storage, catalogue and devices reach it through its own small interfaces"},
	{"station/lease", nil, "whether a bench works is asked of whatever table keeps it"},
	{"station/track", with("station", "station/pack"), "what carriers say of a parcel is put together, and nobody is asked"},
	{"station/track/inbox", with("station/track"), "bytes of services in, events out: nothing is read or kept"},
	{"station/track/watch", with("station/track"), "what needs somebody is a matter of what was said and of days, pure"},
	{"station/stock", with("station", "station/pack"), "what the ledger of stock means, a pure core"},
	{"station/site", with("station", "station/phrases", "station/track"), "what buyers read is drawn of values: where it is kept, and who is told, is not its business"},
	{"station/site/s3", []string{"station/web"}, "one kind of place: what lies there, and when it is written, is not its own"},
	{"station/site/dav", []string{"station/web"}, "one kind of place: what lies there, and when it is written, is not its own"},
	{"station/message", with("station", "station/pack", "station/web"), "what is news, and how it is said: no service in particular"},
	{"station/message/slack", []string{"station/message", "station/web"}, "one kind of service: what is kept and repeated is not its own"},
	{"station/message/teams", []string{"station/message"}, "one kind of service: what is kept and repeated is not its own"},
	{"station/message/hook", []string{"station/message", "station/web"}, "one kind of service: what is kept and repeated is not its own"},
	{"station/message/mail", []string{"station/message", "station/web"}, "one kind of service: what is kept and repeated is not its own"},
	{"station/hub", with("station/journal", "station/lease", "station/pack", "station/store"), "it exchanges what the store keeps, and no rule of packing knows of it"},
	{"station/hub/hubtest", nil, "a server for tests knows nothing of what is kept there"},
	{"station/store", with("station", "station/pack", "station/journal", "station/returns", "station/stock", "station/message", "station/track", "station/weight"), "it keeps, and decides nothing: what leaves which bin is the ledger's rule, what is news is the message's, and where a parcel is the tracking's"},
	{"station/store/storetest", with("station", "station/pack", "station/journal", "station/lease", "station/store"), "the suite of what benches share knows no database, only what store says in its types"},
	{"station/intake", with("station", "assets"), "files in, values out; assets hold the sample shop"},
	{"station/holiday", nil, "a leaf: which days are holidays is the same to all"},
	{"station/carrier", with("station", "station/holiday"), "the choice is a pure core; when a carrier rests is a matter of holidays"},
	{"station/carrier/rules", with("station/carrier"), "a shop's rules are words about a parcel: pure, and they know no price"},
	{"station/carrier/reliability", with(), "what parcels have shown is counted, and nothing else is known of them"},
	{"station/carton", with("station"), "the boxes are a pure core"},
	{"station/carton/cartontest", with("station/carton"), "what judges the packer shares nothing with it but the words of a problem"},
	{"station/weight", with("station"), "the evidence of weight is a pure core"},
	{"station/weight/weighttest", []string{"station/unit"}, "a world of parcels must not know the model that is tried on it"},
	{"station/customs", with("station"), "what the law wants at a border, pure"},
	{"station/latin", with("station"), "letters of other scripts are spelled, pure: who prints it is not its business"},
	{"station/trace", with("station"), "signing knows no storage"},
	{"station/web", nil, "HTTP as every client of a shop or a carrier speaks it, and none of them in particular"},
	{"station/shop", with("station", "station/web"), "what a shop is asked and answers: values, and no shop in particular"},
	{"station/shop/oauth1", nil, "a leaf: signing knows no shop"},
	{"station/web/wire", with(), "a leaf: words and numbers in whatever form a shop writes them"},
	{"station/shop/billbee", with("station", "station/shop", "station/web", "station/web/wire"), "the client of one kind of shop: it keeps nothing and knows no other kind"},
	{"station/shop/shopsim/billbeesim", with("station/shop/shopsim"), "a shop by itself: it must not know the client that is tried on it"},
	{"station/shop/bigcommerce", with("station", "station/shop", "station/web", "station/web/wire"), "the client of one kind of shop: it keeps nothing and knows no other kind"},
	{"station/shop/shopsim/bigcommercesim", with("station/shop/shopsim"), "a shop by itself: it must not know the client that is tried on it"},
	{"station/shop/woocommerce", with("station", "station/shop", "station/web", "station/web/wire", "station/shop/oauth1"), "the client of one kind of shop: it keeps nothing and knows no other kind"},
	{"station/shop/round", with("station", "station/shop"), "how lists are read to their end asks nobody"},
	{"station/shop/shopsim/woosim", with("station/shop/shopsim"), "a shop by itself: it must not know the client that is tried on it"},
	{"station/web/oauth2", []string{"station/web", "station/web/wire"}, "a token is kept for whoever asks with it, and for no interface in particular"},
	{"station/web/faults", nil, "what goes wrong on the way does not depend on who is asked"},
	{"station/carrier/account", with("station", "station/carrier", "station/web"), "what an account with a carrier is asked and answers: values, and no kind of account in particular"},
	{"station/carrier/carriersim", []string{"station/web/faults", "labels/...", "station/unit"}, "a simulated account knows nothing of who asks it, or both would be wrong alike"},
	{"station/carrier/carriersim/kinds", []string{"station/carrier/carriersim", "station/carrier/carriersim/..."}, "a list of the simulated accounts, none of which knows another"},
	{"station/carrier/carriertest", with("station", "station/carrier", "station/carrier/account", "station/carrier/carriersim", "station/web", "station/web/faults", "labels/..."), "the suite of accounts knows no kind of them, only what a client promises and what a simulated account has"},
	{"station/carrier/easypost", with("station", "station/carrier", "station/carrier/account", "station/web", "station/web/wire"), "the client of one kind of account: it keeps nothing and knows no other kind"},
	{"station/carrier/carriersim/easypostsim", []string{"station/carrier/carriersim", "station/web/faults"}, "an account by itself: it must not know the client that is tried on it"},
	{"station/carrier/trackers", with("station/carrier/account", "station/track", "station/track/inbox", "station/web", "station/web/wire"), "services that follow parcels are accounts that sell nothing: it keeps nothing, and whose a number is is not its business"},
	{"station/carrier/trackers/trackersim", []string{"station/web/faults"}, "a service by itself: it must not know the clients that are tried on it"},
	{"station/carrier/inpost", with("station", "station/carrier", "station/carrier/account", "station/web", "station/web/wire"), "the client of one kind of account: it keeps nothing and knows no other kind"},
	{"station/carrier/carriersim/inpostsim", []string{"station/carrier/carriersim", "station/web/faults"}, "an account by itself: it must not know the client that is tried on it"},
	{"station/carrier/royalmail", with("station", "station/carrier", "station/carrier/account", "station/web", "station/web/wire"), "the client of one kind of account: it keeps nothing and knows no other kind"},
	{"station/carrier/carriersim/royalmailsim", []string{"station/carrier/carriersim", "station/web/faults"}, "an account by itself: it must not know the client that is tried on it"},
	{"station/carrier/dhlparcel", with("station", "station/carrier", "station/carrier/account", "station/web", "station/web/wire"), "the client of one kind of account: it keeps nothing and knows no other kind"},
	{"station/carrier/carriersim/dhlparcelsim", []string{"station/carrier/carriersim", "station/web/faults"}, "an account by itself: it must not know the client that is tried on it"},
	{"station/carrier/sendcloud", with("station", "station/carrier", "station/carrier/account", "station/web", "station/web/wire"), "the client of one kind of account: it keeps nothing and knows no other kind"},
	{"station/carrier/carriersim/sendcloudsim", []string{"station/carrier/carriersim", "station/web/faults"}, "an account by itself: it must not know the client that is tried on it"},
	{"station/carrier/shipengine", with("station", "station/carrier", "station/carrier/account", "station/web", "station/web/wire"), "the client of one kind of account: it keeps nothing and knows no other kind"},
	{"station/carrier/carriersim/shipenginesim", []string{"station/carrier/carriersim", "station/web/faults"}, "an account by itself: it must not know the client that is tried on it"},
	{"station/carrier/easyship", with("station", "station/carrier", "station/carrier/account", "station/web", "station/web/wire"), "the client of one kind of account: it keeps nothing and knows no other kind"},
	{"station/carrier/carriersim/easyshipsim", []string{"station/carrier/carriersim", "station/web/faults"}, "an account by itself: it must not know the client that is tried on it"},
	{"station/carrier/shipstationv1", with("station", "station/carrier", "station/carrier/account", "station/web", "station/web/wire"), "the client of one kind of account: it keeps nothing and knows no other kind"},
	{"station/carrier/carriersim/shipstationv1sim", []string{"station/carrier/carriersim", "station/web/faults"}, "an account by itself: it must not know the client that is tried on it"},
	{"station/carrier/shippo", with("station", "station/carrier", "station/carrier/account", "station/web", "station/web/wire"), "the client of one kind of account: it keeps nothing and knows no other kind"},
	{"station/carrier/carriersim/shipposim", []string{"station/carrier/carriersim", "station/web/faults"}, "an account by itself: it must not know the client that is tried on it"},
	{"station/carrier/ups", with("station", "station/carrier", "station/carrier/account", "station/web", "station/web/oauth2", "station/web/wire"), "the client of one kind of account: it keeps nothing and knows no other kind"},
	{"station/carrier/carriersim/upssim", []string{"station/carrier/carriersim", "station/web/faults"}, "an account by itself: it must not know the client that is tried on it"},
	{"station/carrier/usps", with("station", "station/carrier", "station/carrier/account", "station/web", "station/web/oauth2", "station/web/wire"), "the client of one kind of account: it keeps nothing and knows no other kind"},
	{"station/carrier/carriersim/uspssim", []string{"station/carrier/carriersim", "station/web/faults"}, "an account by itself: it must not know the client that is tried on it"},
	{"station/carrier/fedex", with("station", "station/carrier", "station/carrier/account", "station/web", "station/web/oauth2", "station/web/wire"), "the client of one kind of account: it keeps nothing and knows no other kind"},
	{"station/carrier/carriersim/fedexsim", []string{"station/carrier/carriersim", "station/web/faults"}, "an account by itself: it must not know the client that is tried on it"},
	{"station/shop/shopsim", []string{"station/web/faults"}, "a simulated shop knows nothing of who asks it, or both would be wrong alike"},
	{"station/shop/shopify", with("station", "station/shop", "station/web"), "the client of Shopify shops, and nothing of the shop that it is tried against"},
	{"station/shop/shopsim/kinds", with("station/shop/shopsim", "station/shop/shopsim/..."), "a list of the simulated shops, none of which knows another"},
	{"station/shop/shopsim/shopifysim", []string{"station/shop/shopsim"}, "a simulated Shopify shop that does not know its client"},
	{"station/shop/shoptest", with("station", "station/shop", "station/shop/shopsim"), "the suite of shops knows no kind of shop, only what a client promises and what a simulated shop has"},
	{"station/shop/magento", with("station", "station/shop", "station/web", "station/shop/oauth1", "station/shop/round"), "one kind of shop: what is kept and repeated is not its own"},
	{"station/shop/shopsim/magentosim", with("station/shop/shopsim"), "a shop that does not know its client"},
	{"station/shop/shipstation", with("station", "station/shop", "station/web"), "the client of one kind of shop knows no other, and not the shop that it is tried against"},
	{"station/shop/shopsim/shipstationsim", with("station/shop/shopsim"), "it answers as the kind does, and must not share a mistake with the client"},
	{"station/shop/shipstationv2", with("station", "station/shop", "station/web", "station/web/wire"), "the client of one kind of shop knows no other, and not the shop that it is tried against"},
	{"station/shop/shopsim/shipstationv2sim", with("station/shop/shopsim"), "it answers as the kind does, and must not share a mistake with the client"},
	{"station/shop/netsuite", with("station", "station/shop", "station/web", "station/web/wire", "station/shop/oauth1"), "one kind of shop: what is kept and repeated is not its own"},
	{"station/shop/shopsim/netsuitesim", with("station/shop/shopsim"), "a shop that does not know its client"},
	{"station/shop/extensiv", with("station", "station/shop", "station/web", "station/web/wire", "station/shop/round"), "one kind of shop: what is kept and repeated is not its own"},
	{"station/shop/shopsim/extensivsim", with("station/shop/shopsim"), "a shop that does not know its client"},
	{"station/shop/prestashop", with("station", "station/shop", "station/web", "station/shop/round"), "one kind of shop: what is kept and repeated is not its own"},
	{"station/shop/shopsim/prestashopsim", with("station/shop/shopsim"), "a shop that does not know its client"},
	{"station/shop/shopware", with("station", "station/shop", "station/web", "station/shop/round"), "one kind of shop: what is kept and repeated is not its own"},
	{"station/shop/shopsim/shopwaresim", with("station/shop/shopsim"), "a shop that does not know its client"},
	{"station/shop/customstore", with("station", "station/shop", "station/web"), "the client of one kind of shop knows no other, and not the shop that it is tried against"},
	{"station/shop/shopsim/customstoresim", with("station/shop/shopsim"), "it answers as the kind does, and must not share a mistake with the client"},
	{"station/shop/veeqo", with("station", "station/shop", "station/web"), "the client of one kind of shop knows no other, and not the shop that it is tried against"},
	{"station/shop/shopsim/veeqosim", with("station/shop/shopsim"), "it answers as the kind does, and must not share a mistake with the client"},
	{"station/shop/outfile", with("station/shop"), "what has left as marketplaces take it in files: bytes, and no disk"},
	{"station/shop/folder", with("station", "station/shop", "station/shop/outfile", "station/intake"), "the client of one kind of shop: its orders are files, and intake is what reads files"},
	{"station/shop/linnworks", with("station", "station/shop", "station/web"), "the client of one kind of shop knows no other, and not the shop that it is tried against"},
	{"station/shop/shopsim/linnworkssim", with("station/shop/shopsim"), "it answers as the kind does, and must not share a mistake with the client"},
	{"station/people", with("station"), "badges, PINs and the table of rights: pure, so that the machine can ask it"},
	{"station/returns", with("station", "station/pack"), "what is said of a return away from the bench: pure, so that bench and desk mean the same"},
	{"station/cases", with("station", "station/pack", "station/journal", "station/people"), "the desk writes facts of its own into the journal, by people who may"},
	{"station/figures", with("station/track"), "what a manager is told is counted of values: where they come from is not its business"},
	{"station/shift", with("station", "station/pack", "station/journal", "station/returns"), "the shift book counts what the journal says"},
	{"station/config", with("station", "station/carrier/rules", "station/people"), "settings are a value; whether rules and rights are sound is their own to say"},
	{"station/phrases", with("assets/translations"), "phrases and languages: screens and papers ask it, it asks nobody"},
	{"station/say", with("station", "station/pack", "station/phrases"), "the words of what the machine says, in each language: screens, the headless bench and the desk ask it, it knows none of them"},
	{"station/screen", except([]string{"station/..."}, "station/ui"), "every page that a person sees, without a toolkit"},
	{"station/ui", with("station", "station/pack", "station/screen", "labels", "assets/..."), "it draws what screen says: no truth of its own"},

	{"devices", leaves, "what any device says"},
	{"devices/port", with("devices"), "the one opener of ports knows no protocol"},
	{"devices/scanner", with("devices"), "decoders know no ports and no bench"},
	{"devices/scale", with("devices"), "decoders know no ports and no bench"},
	{"devices/printer", with("devices"), "a queue gets bytes and knows no label"},
	{"devices/llrp", nil, "what a reader of tags says: it knows no bench and no number"},
	{"devices/sound", with("devices"), "four sounds"},
	{"devices/speech", with("devices"), "it says words of others aloud"},
	{"devices/sim", with("devices/..."), "simulated devices speak the protocols of real ones"},
	{"devices/devicetest", with("devices/..."), "the suite that every driver passes"},

	{"labels", with("labels/barcode", "assets/..."), "a document becomes a layout: pure"},
	{"labels/barcode", leaves, "bars and dots of a code"},
	{"labels/pdf", with("labels", "labels/barcode", "assets/..."), "it draws a layout"},
	{"labels/zpl", with("labels", "labels/barcode", "labels/picture"), "it prints the dots of the picture, and bar codes by their values"},
	{"labels/picture", with("labels", "labels/barcode", "assets/..."), "it draws a layout"},
	{"labels/foreign", with("labels", "labels/picture"), "pages that others drew are moved, and never read for what they say"},
	{"labels/readback", nil, "what tests read back by knows nothing of who drew it"},
	{"labels/internal/sample", with("labels"), "documents for the tests of labels"},

	{"assets", nil, "files, no logic"},
	{"assets/fonts", nil, "files, no logic"},
	{"assets/translations", nil, "files, no logic"},
}

// outside says who may use a library of others.
var outside = []struct {
	lib string
	by  []string
	why string
}{
	{"fyne.io/fyne/v2/app", []string{"cmd/packbench"}, "only this import brings the graphics driver in, which needs cgo and a display"},
	{"fyne.io/fyne/v2", []string{"cmd/packbench", "station/ui"}, "nothing but the window knows the toolkit"},
	{"github.com/tarm/serial", []string{"devices/port"}, "one package opens ports"},
	{"modernc.org/sqlite", []string{"station/store", "cmd/internal/upkeep"}, "one package knows the database; verifying reads it past that package on purpose"},
	{"golang.org/x/text/language/display", []string{"station/country"}, "one package knows what countries are called"},
	{"golang.org/x/text/unicode/bidi", []string{"labels"}, "one package puts a line in the order in which it stands on paper"},
	{"github.com/mozillazg/go-unidecode", []string{"station/latin"}, "one package spells letters"},
	{"github.com/fyne-io/oksvg", []string{"cmd/internal/papers/pictures"}, "one package draws logos, with what the toolkit brings along for its icons"},
	{"github.com/srwiley/rasterx", []string{"cmd/internal/papers/pictures"}, "the same"},
	{"github.com/boombuler/barcode", []string{"labels/barcode"}, "one package draws codes"},
	{"github.com/jung-kurt/gofpdf", []string{"labels/pdf", "station/shift"}, "labels and the shift book are PDF"},
	{"github.com/klippa-app/go-pdfium", []string{"labels/foreign"}, "one package reads PDF"},
	{"github.com/tetratelabs/wazero", []string{"labels/foreign"}, "only the library for PDF runs as a program of its own"},
	{"github.com/xuri/excelize", []string{"station/shift"}, "spreadsheets are written by one; the reader of orders holds no workbook in memory"},
	{"github.com/jackc/pgx", []string{"station/hub", "station/hub/hubtest"}, "one package speaks to the hub, and one starts its server for tests"},
	{"github.com/wneessen/go-mail", []string{"station/message/mail"}, "one package speaks to mail servers"},
	{"github.com/BurntSushi/toml", []string{"station/config", "cmd/internal/desktop/fields"}, "settings are TOML, read by one and shown as text by the other"},
}

// pure are packages that must give the same answer always: none of these
// imports can do otherwise.
var pure = map[string][]string{
	"devices/scale":               {"os", "net", "log", "log/slog", "context", "sync", "io"},
	"devices/scanner":             {"os", "net", "log", "log/slog", "context", "sync", "io"},
	"station/pack":                {"os", "net", "log", "log/slog", "math/rand", "math/rand/v2", "database/sql", "context", "sync", "io"},
	"station/carton":              {"os", "net", "log", "log/slog", "database/sql"},
	"station/carrier/reliability": {"os", "net", "log", "log/slog", "database/sql", "context", "sync", "io"},
	"station/carrier/rules":       {"os", "net", "log", "log/slog", "database/sql", "context", "sync", "io"},
	"station/customs":             {"os", "net", "log", "log/slog", "database/sql"},
	"station/site":                {"os", "net", "log", "log/slog", "database/sql", "context", "sync"},
	"station/stock":               {"os", "net", "log", "log/slog", "math/rand", "math/rand/v2", "database/sql", "context", "sync", "io"},
	"station/track":               {"os", "net", "log", "log/slog", "math/rand", "math/rand/v2", "database/sql", "context", "sync", "io"},
	"station/weight":              {"os", "net", "log", "log/slog", "database/sql"},
	"station/returns":             {"os", "net", "log", "log/slog", "math/rand", "math/rand/v2", "database/sql", "context", "sync", "io"},
	"station/say":                 {"os", "net", "log", "log/slog", "database/sql", "sync"},
	"station/screen":              {"os", "net", "log", "log/slog", "database/sql"},
	"station/phrases":             {"os", "net", "log", "log/slog", "sync", "time"},
}

func with(more ...string) []string { return append(slices.Clone(leaves), more...) }

// except marks what is not allowed, although a folder that holds it is.
func except(may []string, not ...string) []string {
	out := slices.Clone(may)
	for _, n := range not {
		out = append(out, "!"+n)
	}
	return out
}

// covers reports whether a list of names and folders holds a package.
func covers(list []string, pkg string) bool {
	in := func(name string) bool {
		folder, all := strings.CutSuffix(name, "/...")
		return pkg == folder || all && strings.HasPrefix(pkg, folder+"/")
	}
	held := false
	for _, name := range list {
		not, isNot := strings.CutPrefix(name, "!")
		switch {
		case isNot && in(not):
			return false
		case !isNot && in(name):
			held = true
		}
	}
	return held
}

// listed is what `go list` says of a package.
type listed struct {
	ImportPath string
	Doc        string
	Standard   bool
	Imports    []string
	CgoFiles   []string
	GoFiles    []string
}

func list(t *testing.T, args ...string) []listed {
	t.Helper()
	var errs bytes.Buffer
	cmd := exec.Command("go", append([]string{"list", "-e", "-json=ImportPath,Doc,Standard,Imports,CgoFiles,GoFiles"}, args...)...)
	cmd.Dir, cmd.Stderr = "..", &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v: %s", err, errs.String())
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// own lists the packages of this module that hold a program or a library.
func own(t *testing.T) map[string]listed {
	t.Helper()
	out := map[string]listed{}
	for _, p := range list(t, "-tags", "ci", "./...") {
		if name, ok := strings.CutPrefix(p.ImportPath, module); ok && len(p.GoFiles)+len(p.CgoFiles) > 0 {
			out[name] = p
		}
	}
	if len(out) < 20 {
		t.Fatalf("go list found %d packages only", len(out))
	}
	return out
}

func TestLayers(t *testing.T) {
	packages := own(t)
	ruled := map[string]bool{}
	for _, l := range layers {
		p, there := packages[l.pkg]
		if !there {
			t.Errorf("the rule of %s is about a package that is no longer there", l.pkg)
			continue
		}
		ruled[l.pkg] = true
		for _, i := range p.Imports {
			name, ours := strings.CutPrefix(i, module)
			if ours && !covers(l.may, name) {
				t.Errorf("%s must not import %s: %s", l.pkg, name, l.why)
			}
		}
		for _, name := range l.may {
			name = strings.TrimPrefix(name, "!")
			if !slices.ContainsFunc(keys(packages), func(p string) bool { return covers([]string{name}, p) }) {
				t.Errorf("the rule of %s names %s, which is no longer there", l.pkg, name)
			}
		}
	}
	for name := range packages {
		if !ruled[name] {
			t.Errorf("%s has no rule: say here what it may import, and why", name)
		}
	}
}

func keys(m map[string]listed) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}

func TestLibrariesHaveOneOwner(t *testing.T) {
	packages := own(t)
	for _, o := range outside {
		for _, by := range o.by {
			if _, there := packages[by]; !there {
				t.Errorf("the rule of %s names %s, which is no longer there", o.lib, by)
			}
		}
		for name, p := range packages {
			for _, i := range p.Imports {
				if (i == o.lib || strings.HasPrefix(i, o.lib+"/")) && !slices.Contains(o.by, name) {
					t.Errorf("%s must not import %s: %s", name, i, o.why)
				}
			}
		}
	}
	for _, name := range []string{"cmd/dev", "station/unit", "station/gs1", "assets", "assets/fonts", "assets/translations"} {
		for _, i := range packages[name].Imports {
			if strings.Contains(strings.Split(i, "/")[0], ".") {
				t.Errorf("%s must not import %s: it needs the standard library only", name, i)
			}
		}
	}
}

func TestPureCores(t *testing.T) {
	packages := own(t)
	for name, never := range pure {
		p, there := packages[name]
		if !there {
			t.Errorf("%s is no longer there", name)
		}
		for _, i := range p.Imports {
			if slices.Contains(never, i) {
				t.Errorf("%s must not import %s: it is pure", name, i)
			}
		}
	}
}

// TestTheHeadlessBenchNeedsNoCgo: it must build and run where there is no C
// compiler and no display.
func TestTheHeadlessBenchNeedsNoCgo(t *testing.T) {
	for _, p := range list(t, "-deps", "./cmd/packctl") {
		if !p.Standard && len(p.CgoFiles) > 0 {
			t.Errorf("cmd/packctl depends on %s, which is written for cgo", p.ImportPath)
		}
		if strings.HasPrefix(p.ImportPath, "fyne.io/") {
			t.Errorf("cmd/packctl depends on %s", p.ImportPath)
		}
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	for name, p := range own(t) {
		if len(p.Doc) < 20 {
			t.Errorf("%s has no package doc", name)
		}
	}
}
