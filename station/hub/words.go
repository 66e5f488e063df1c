package hub

// Words say what a kind of trouble is; "" for one whose error says it alone.
func (k Kind) Words() string {
	return map[Kind]string{
		Away: "the hub cannot be reached", BadLogin: "the hub does not accept the name or the password", NoDatabase: "there is no such database at the hub",
		NoHub: `the database holds no hub: run "packctl hub init" first`, NoRights: "the login may not do this at the hub", Full: "the disk of the hub is full",
		OtherHub: "this is another hub than the one that the folder belongs to",
		NewerHub: "the hub is of a newer packbench: install the newer program here",
		OlderHub: `the hub is of an older packbench than this program: run "packctl hub init" of this program`,
		Copied:   "another folder writes for this station: this one is a copy, or was put back from a backup; where it is the right one, run \"packctl hub join --replace\"",
		Behind:   `the hub has more of this station's journal than this folder, which was put back from a backup: run "packctl hub join --replace"`,
		BadChain: "the hub did not take a row of the journal",
	}[k]
}
