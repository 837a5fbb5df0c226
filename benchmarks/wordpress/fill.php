<?php
// Installs WordPress as it comes, with one article, its picture and its thread, as described by the JSON file in argv[1].
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = getenv('SITE_HOST');
require 'wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/image.php';

$article = json_decode(file_get_contents($argv[1]), true);
wp_install($article['publication'], 'editor', 'editor@example.org', true, '', wp_generate_password());
switch_theme('twentytwentythree');
update_option('thread_comments', 1);
update_option('permalink_structure', '/%year%/%monthnum%/%day%/%postname%/');

$id = wp_insert_post([
    'post_title' => $article['headline'],
    'post_name' => 'article',
    'post_excerpt' => $article['standfirst'],
    'post_content' => $article['html'],
    'post_status' => 'publish',
    'post_date' => '2026-05-04 10:00:00',
    'comment_status' => 'open',
], true);

$upload = wp_upload_bits(basename($article['picture']), null, file_get_contents($article['picture']));
$picture = wp_insert_attachment(['post_mime_type' => 'image/jpeg', 'post_title' => 'Picture'], $upload['file'], $id);
wp_update_attachment_metadata($picture, wp_generate_attachment_metadata($picture, $upload['file']));
set_post_thumbnail($id, $picture);

$numbers = [];
foreach ($article['comments'] as $comment) {
    $numbers[$comment['seq']] = wp_insert_comment([
        'comment_post_ID' => $id,
        'comment_author' => $comment['author'],
        'comment_author_email' => 'reader' . $comment['seq'] . '@example.org',
        'comment_content' => $comment['html'],
        'comment_parent' => $numbers[$comment['parent']] ?? 0,
        'comment_approved' => 1,
        'comment_date' => '2026-05-04 11:00:00',
    ]);
}
flush_rewrite_rules();
echo wp_parse_url(get_permalink($id), PHP_URL_PATH), "\n";
