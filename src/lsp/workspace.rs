//! Everything that the editor has open, and the bundles that it belongs to. No more than a picture of the files: nothing here
//! decides or checks anything, so that it can be handed to whoever answers a request while somebody types on.

use super::address::{path_of, plain, uri_of};
use super::document::Document;
use super::finding::Checked;
use super::hits::Hits;
use super::options::{Abilities, Options};
use super::pages::Pages;
use super::position::Ruler;
use crate::authoring::names::NameIndex;
use crate::bundle::BundleFiles;
use crate::engine::{belongs, read_directory, read_text};
use crate::policy::Extensions;
use crate::text::{Diagnostics, Place, Source};
use lsp_types::{Location, TextDocumentContentChangeEvent, Uri};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// The file that makes a directory a bundle.
const MANIFEST: &str = "bundle.yaml";
/// Where a bundle is looked for in a folder that is none itself.
const USUAL: &str = "policies";

/// The roots of bundles that something was done to.
pub(super) type Touched = BTreeSet<PathBuf>;

/// A bundle, as the editor has it.
#[derive(Clone, Debug)]
pub(super) struct Home {
    pub(super) root: PathBuf,
    on_disk: BundleFiles,
    /// Why its directory cannot be read, if it cannot.
    pub(super) unreadable: Diagnostics,
    /// Its files: what is open counts, not what lies on the disk.
    pub(super) files: Arc<BundleFiles>,
    /// Grows with every change.
    pub(super) age: u64,
    /// The age that it has by now, for whoever works on an older picture of it.
    newest: Arc<AtomicU64>,
    /// The names in these files, once somebody asked for one.
    names: Arc<OnceLock<Arc<NameIndex>>>,
}

impl Home {
    /// Was it changed after this picture of it was taken?
    pub(super) fn is_stale(&self) -> bool {
        self.newest.load(Ordering::Acquire) != self.age
    }

    /// The path in the bundle of a file that is shown by this name.
    pub(super) fn path_of(&self, name: &str) -> Option<&str> {
        self.files.iter().find(|(_, source)| source.name() == name).map(|(path, _)| path)
    }

    /// The names in its files; they are read when the first one is asked for.
    pub(super) fn names(&self) -> Arc<NameIndex> {
        Arc::clone(self.names.get_or_init(|| Arc::new(NameIndex::read(&self.files, &Extensions::new()))))
    }

    fn grow(&mut self, age: u64) {
        self.age = age;
        self.names = Arc::default();
        self.newest.store(age, Ordering::Release);
    }
}

/// A file of a bundle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inside<'w> {
    pub(super) home: &'w Home,
    /// Its path in the bundle.
    pub(super) path: &'w str,
    pub(super) source: &'w Source,
}

/// What is open.
#[derive(Clone, Debug, Default)]
pub(super) struct Workspace {
    pub(super) abilities: Abilities,
    pub(super) options: Options,
    pub(super) folders: Vec<PathBuf>,
    documents: BTreeMap<PathBuf, Document>,
    homes: BTreeMap<PathBuf, Home>,
    /// What the history did with each bundle, as far as it was read.
    hits: BTreeMap<PathBuf, Arc<Hits>>,
    /// What was found in each bundle.
    checked: BTreeMap<PathBuf, Arc<Checked>>,
    pub(super) pages: Arc<Pages>,
    age: u64,
}

impl Workspace {
    /// The workspace of a client, before anything was opened.
    pub(super) fn new(abilities: Abilities, options: Options, folders: Vec<PathBuf>) -> Self {
        Self { abilities, options, folders, ..Self::default() }
    }

    /// A text was opened.
    pub(super) fn open(&mut self, uri: Uri, version: i32, text: String) -> Touched {
        let name = name(&uri);
        self.documents.insert(name.clone(), Document { uri, version, text: text.into() });
        let mut touched = self.settle();
        touched.extend(self.overlay(&name));
        touched
    }

    /// Somebody typed.
    pub(super) fn change(&mut self, uri: &Uri, version: i32, changes: Vec<TextDocumentContentChangeEvent>) -> Touched {
        let name = name(uri);
        let encoding = self.abilities.encoding;
        let Some(document) = self.documents.get_mut(&name) else { return Touched::new() };
        document.change(version, changes, encoding);
        self.overlay(&name).into_iter().collect()
    }

    /// A text was closed: what lies on the disk counts again.
    pub(super) fn close(&mut self, uri: &Uri) -> Touched {
        let name = name(uri);
        self.documents.remove(&name);
        let root = self.root_of(&name);
        let mut touched = self.settle();
        touched.extend(root.filter(|root| self.read_again(root)));
        touched
    }

    /// Files on the disk came, changed or went.
    pub(super) fn files_changed<'u>(&mut self, uris: impl IntoIterator<Item = &'u Uri>) -> Touched {
        let names: BTreeSet<PathBuf> = uris.into_iter().filter_map(path_of).collect();
        let mut touched = self.settle();
        let roots: Touched = self.homes.keys().filter(|root| names.iter().any(|name| name.starts_with(root))).cloned().collect();
        touched.extend(roots.into_iter().filter(|root| self.read_again(root)));
        touched
    }

    /// Folders were added to the workspace, or taken out of it.
    pub(super) fn folders_changed(&mut self, added: Vec<PathBuf>, removed: &[PathBuf]) -> Touched {
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(added);
        self.settle()
    }

    /// Looks anew which bundles there are: those of the folders, and those that open texts belong to.
    pub(super) fn settle(&mut self) -> Touched {
        let of_folders = self.folders.iter().filter_map(|folder| self.bundle_of_folder(folder));
        let wanted: Touched = of_folders.chain(self.documents.keys().filter_map(|name| self.root_of(name))).collect();
        self.homes.retain(|root, _| wanted.contains(root));
        self.checked.retain(|root, _| wanted.contains(root));
        let new: Touched = wanted.into_iter().filter(|root| !self.homes.contains_key(root)).collect();
        for root in &new {
            let files = Arc::new(BundleFiles::shown_below(root.to_string_lossy()));
            let home = Home {
                root: root.clone(),
                on_disk: (*files).clone(),
                unreadable: Diagnostics::new(),
                files,
                age: 0,
                newest: Arc::default(),
                names: Arc::default(),
            };
            self.homes.insert(root.clone(), home);
            self.read_again(root);
        }
        new
    }

    /// Reads a bundle from the disk; is it known at all?
    fn read_again(&mut self, root: &Path) -> bool {
        self.age += 1;
        let Some(home) = self.homes.get_mut(root) else { return false };
        home.grow(self.age);
        if root.is_dir() {
            match read_directory(root) {
                Ok(files) => (home.on_disk, home.unreadable) = (files, Diagnostics::new()),
                // What could be read before stays.
                Err(found) => home.unreadable = found,
            }
        } else {
            home.on_disk = BundleFiles::shown_below(root.to_string_lossy());
        }
        let mut files = home.on_disk.clone();
        for (name, document) in &self.documents {
            if let Some(path) = inside(root, name) {
                files.insert(path, &*document.text);
            }
        }
        home.files = Arc::new(files);
        true
    }

    /// Puts an open text over what lies on the disk; gives the bundle that it belongs to.
    fn overlay(&mut self, name: &Path) -> Option<PathBuf> {
        let root = self.root_of(name)?;
        let document = self.documents.get(name)?;
        self.age += 1;
        let home = self.homes.get_mut(&root)?;
        if let Some(path) = inside(&root, name) {
            Arc::make_mut(&mut home.files).insert(path, &*document.text);
        }
        home.grow(self.age);
        Some(root)
    }

    /// The root of the bundle that a file belongs to: the nearest `bundle.yaml` upwards. A pack belongs to the bundle around it.
    fn root_of(&self, name: &Path) -> Option<PathBuf> {
        let is_bundle = |directory: &Path| {
            let manifest = directory.join(MANIFEST);
            self.documents.contains_key(&manifest) || manifest.is_file()
        };
        let nearest = name.ancestors().skip(1).find(|directory| is_bundle(directory))?;
        let around = nearest.parent().filter(|packs| packs.ends_with("packs")).and_then(Path::parent);
        Some(around.filter(|around| is_bundle(around)).unwrap_or(nearest).to_owned())
    }

    fn bundle_of_folder(&self, folder: &Path) -> Option<PathBuf> {
        let candidates = [folder.to_owned(), folder.join(USUAL)];
        candidates.into_iter().find_map(|directory| self.root_of(&directory.join(MANIFEST)).filter(|root| *root == directory))
    }

    /// Every bundle, by its root.
    pub(super) fn homes(&self) -> impl Iterator<Item = &Home> {
        self.homes.values()
    }

    /// The bundle at a root.
    pub(super) fn home(&self, root: &Path) -> Option<&Home> {
        self.homes.get(root)
    }

    /// What was found in a bundle, be it in an older one.
    pub(super) fn checked(&self, root: &Path) -> Option<&Checked> {
        self.checked.get(root).map(|checked| &**checked)
    }

    /// A bundle was checked; what was found in an older one is passed over.
    pub(super) fn take_checked(&mut self, root: PathBuf, checked: Checked) {
        if self.homes.get(&root).is_some_and(|home| home.age == checked.age) {
            self.checked.insert(root, Arc::new(checked));
        }
    }

    /// The files of a bundle under names that a person reads in a report: as they are seen from the folder that holds the bundle.
    pub(super) fn shown(&self, root: &Path) -> BundleFiles {
        let folder = self.folders.iter().find(|folder| root.starts_with(folder));
        let below = folder.and_then(|folder| root.strip_prefix(folder).ok()).unwrap_or(root);
        let mut files = BundleFiles::shown_below(below.to_string_lossy().replace('\\', "/"));
        for (path, source) in self.homes.get(root).iter().flat_map(|home| home.files.iter()) {
            files.insert(path, source.text());
        }
        files
    }

    /// How often the rules of a bundle decide in the history; nothing where none was given, or none was read yet.
    pub(super) fn hits(&self, root: &Path) -> Option<&Hits> {
        self.hits.get(root).map(|hits| &**hits)
    }

    /// The history was read.
    pub(super) fn counted(&mut self, root: PathBuf, hits: Hits) {
        self.hits.insert(root, Arc::new(hits));
    }

    /// The file of a bundle that an address names.
    pub(super) fn inside(&self, uri: &Uri) -> Option<Inside<'_>> {
        let name = name(uri);
        let home = self.homes.get(&self.root_of(&name)?)?;
        let path = inside(&home.root, &name)?;
        let (path, source) = home.files.iter().find(|(known, _)| *known == path)?;
        Some(Inside { home, path, source })
    }

    /// The bundle that decides the case in a file: the one that it lies in, else the nearest `policies` upwards.
    pub(super) fn home_for_case(&self, uri: &Uri) -> Option<PathBuf> {
        let name = path_of(uri)?;
        let folder = self.folders.iter().filter(|folder| name.starts_with(folder)).min();
        // Outside of what is open, nobody meant a bundle.
        let is_open = |directory: &&Path| folder.is_none_or(|folder| directory.starts_with(folder));
        let around = name.ancestors().skip(1).take_while(is_open);
        self.root_of(&name).or_else(|| around.into_iter().find_map(|directory| self.bundle_of_folder(directory)))
    }

    /// The addresses of all open texts.
    pub(super) fn open_uris(&self) -> impl Iterator<Item = &Uri> {
        self.documents.values().map(|document| &document.uri)
    }

    /// The text at an address: as it is open, else as it lies on the disk, under the name of its path.
    pub(super) fn text(&self, uri: &Uri) -> Option<Source> {
        if let Some(inside) = self.inside(uri) {
            return Some(inside.source.clone());
        }
        let name = name(uri);
        match self.documents.get(&name) {
            Some(document) => Some(Source::new(name.to_string_lossy(), &*document.text)),
            None => self.case_file(Path::new("/"), &name.to_string_lossy()).ok(),
        }
    }

    /// A case file that a policy test names, by its path from the directory of the bundle.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub(super) fn case_file(&self, root: &Path, path: &str) -> Result<Source, String> {
        let name = plain(&root.join(path));
        let text = match self.documents.get(&name) {
            Some(document) => document.text.to_string(),
            None => read_text(&name)?,
        };
        Ok(Source::new(name.to_string_lossy(), text))
    }

    /// The address of a file of a bundle, as the client writes it where it has it open.
    pub(super) fn uri(&self, root: &Path, path: &str) -> Option<Uri> {
        self.uri_of(&root.join(path))
    }

    /// The address of a file.
    pub(super) fn uri_of(&self, path: &Path) -> Option<Uri> {
        let open = self.documents.get(&plain(path)).map(|document| document.uri.clone());
        open.or_else(|| uri_of(path))
    }

    /// The version of a text, if it is open.
    pub(super) fn version(&self, uri: &Uri) -> Option<i32> {
        self.documents.get(&name(uri)).map(|document| document.version)
    }

    /// A text, to count in.
    pub(super) fn ruler<'t>(&self, source: &'t Source) -> Ruler<'t> {
        Ruler::new(source.text(), self.abilities.encoding)
    }

    /// Where a place is, for the client.
    pub(super) fn location(&self, place: &Place) -> Option<Location> {
        let uri = self.uri_of(Path::new(place.source.name()))?;
        let mut range = self.ruler(&place.source).range(place.span);
        // A line of a file that is read line by line knows where it stands.
        let before = u32::try_from(place.source.first_line().saturating_sub(1)).unwrap_or(0);
        range.start.line += before;
        range.end.line += before;
        Some(Location { uri, range })
    }
}

/// What a text is known by: the path of a file, else its address.
fn name(uri: &Uri) -> PathBuf {
    path_of(uri).unwrap_or_else(|| PathBuf::from(uri.as_str()))
}

/// The path in a bundle of a file that is read with it.
fn inside(root: &Path, name: &Path) -> Option<String> {
    let path = name.strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/");
    belongs(&path).then_some(path)
}
