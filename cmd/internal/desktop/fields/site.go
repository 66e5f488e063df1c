package fields

import (
	"packbench/station/config"
	"packbench/station/screen"
)

// siteFields are where the pages lie that buyers read, and for how long.
func siteFields() []Setting {
	text := func(key, label, help, empty string, of func(config.Site) string) Setting {
		return Setting{Key: "site." + key, label: label, help: help, empty: empty, text: true, wide: true, kind: screen.FieldText, value: func(s config.Settings) string { return of(s.Site) }}
	}
	away := func(s config.Settings) bool { return s.Site.Place != config.PlaceFolder }
	region := text("region", "Region", "of the storage, such as eu-central-1", "us-east-1", func(s config.Site) string { return s.Region })
	region.when = func(s config.Settings) bool { return s.Site.Place == config.PlaceS3 }
	user := text("user", "User", "who writes the pages: the id of an access key, or a name; packctl site key keeps the secret", "", func(s config.Site) string { return s.User })
	user.when = away
	return []Setting{
		text("url", "Address of the pages", "what buyers open, such as https://status.example.com", "no pages", func(s config.Site) string { return s.URL }),
		{Key: "site.place", label: "Written to", Choices: named([3]string{config.PlaceFolder, "Folder", "that your web server shows"}, [3]string{config.PlaceS3, "S3 storage", "of any provider"}, [3]string{config.PlaceDAV, "WebDAV", "the web space of a shop"}), value: func(s config.Settings) string { return s.Site.Place }, text: true},
		text("to", "Folder or address", "of the storage with its bucket: https://host/bucket", "site, in the data folder", func(s config.Site) string { return s.To }),
		region, user,
		{Key: "site.days", label: "Pages are deleted after", help: "days", value: func(s config.Settings) string { return number(s.Site.Days, true) }, says: unit("days", "")},
		text("returns", "Returns are announced to", "an e-mail address, or one that begins with https://", "nobody: no form", func(s config.Site) string { return s.Returns }),
	}
}
