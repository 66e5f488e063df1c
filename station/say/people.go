package say

// What is said of badges that no longer count, of the badge of another person, and of PINs.
var (
	signedOut = map[string]Saying{
		"badge-revoked": {"Badge revoked", "the badge of {who|somebody} was revoked, and the work is kept", "scan another badge"},
		"badge-not-yet": badgeNotToday,
		"badge-ended":   badgeNotToday,
		"shift-over":    {"Shift over", "the shift is over, and the work is kept", "scan your badge"},
		"":              {"Signed out", "nobody is signed in", "scan a badge"},
	}
	needsRole = map[string]Saying{
		"for a command": {"Badge, please", "{role} must approve {commanding}", "have them scan their badge here"},
		":refused":      {"Not allowed", "{commanding} is for {role}", "ask them to sign in here and do it"},
		"":              {"Badge, please", "this needs {role}", "have them scan their badge here"},
	}
	pinNeeded = map[string]Saying{
		"no-pin": {"No PIN", "this needs a PIN, and the badge of {badge of|somebody} has none", "ask an administrator"},
		"":       {"PIN, please", "the badge of {badge of|somebody} has a PIN", "type it"},
	}
	pinWrong = map[string]Saying{
		"paused": {"Wait", "that was one wrong PIN too many for the badge of {badge of|somebody}", "wait {pause}, then type it again"},
		"":       {"Wrong PIN", "this is not the PIN of {badge of|somebody}", "type it again"},
	}
	notToday      = Saying{"Not valid today", "this badge is not valid today", "ask an administrator"}
	badgeNotToday = Saying{"Not valid today", "the badge of {who|somebody} is not valid today, and the work is kept", "scan another badge"}
)
